using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>
/// What administrators do for users. Every call takes the actor and asks the <see cref="ITwoFactorAuthorizer"/>; nobody may do it to
/// himself; denials are recorded with the subject. Safe for concurrent use.
/// </summary>
public sealed class AdministrationService
{
    private const int MaxText = 1000;
    private readonly AccountTransaction _transaction;
    private readonly ITwoFactorAuthorizer _authorizer;
    private readonly TimeProvider _time;

    internal AdministrationService(AccountTransaction transaction, ITwoFactorAuthorizer authorizer, TimeProvider time) =>
        (_transaction, _authorizer, _time) = (transaction, authorizer, time);

    /// <summary>Ends the soft locks of a user; secret, codes and rolling caps stay.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The locked user.</param>
    /// <param name="reason">Why; optional, up to 1,000 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> UnlockAsync(
        UserId actor, UserId subject, string? reason = null, CancellationToken cancellationToken = default)
    {
        if (reason is { Length: > MaxText }) return ValueTask.FromResult<AdministrationResult>(new AdministrationResult.Invalid(nameof(reason)));
        return RunAsync(
            actor, AdministrativeAction.Unlock, subject, (account, now) => AdministrationDecider.Unlock(account, actor, reason, now), cancellationToken);
    }

    /// <summary>Removes a user's secret, codes and challenges and raises the epoch; the user sets up again at the next sign-in.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user who lost the authenticator.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="identityVerification">How the user's identity was verified (call, video, ...); 1 to 1,000 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> ResetAsync(
        UserId actor, UserId subject, string reason, string identityVerification, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(identityVerification);
        var invalid = IsText(reason) ? IsText(identityVerification) ? null : nameof(identityVerification) : nameof(reason);
        if (invalid is not null) return ValueTask.FromResult<AdministrationResult>(new AdministrationResult.Invalid(invalid));
        return RunAsync(
            actor, AdministrativeAction.Reset, subject, (_, now) => AdministrationDecider.Reset(actor, reason, identityVerification, now), cancellationToken);
    }

    private async ValueTask<AdministrationResult> RunAsync(
        UserId actor, AdministrativeAction action, UserId subject, Func<Account, DateTimeOffset, Decision<AdministrationResult>> decide,
        CancellationToken cancellationToken)
    {
        actor.ThrowIfDefault(nameof(actor));
        subject.ThrowIfDefault(nameof(subject));
        var now = _time.GetUtcNow();
        var allowed = actor != subject && await _authorizer.IsAllowedAsync(actor, action, subject, cancellationToken).ConfigureAwait(false);
        return await _transaction.RunAsync<AdministrationResult>(
            subject,
            account => ValueTask.FromResult(allowed ? decide(account, now) : AdministrationDecider.Deny(actor, action, now)),
            new AdministrationResult.Contended(),
            cancellationToken).ConfigureAwait(false);
    }

    private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText;
}
