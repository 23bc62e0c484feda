using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>
/// What administrators do for users. Every call takes the actor and asks the <see cref="ITwoFactorAuthorizer"/>; nobody may do it to
/// himself, or to a user of another organisation; denials are recorded in the actor's audit chain. Safe for concurrent use.
/// </summary>
public sealed class AdministrationService
{
    private const int MaxText = 1000;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365);
    private readonly AccountTransaction _transaction;
    private readonly AdministrationGate _gate;
    private readonly TimeProvider _time;

    internal AdministrationService(AccountTransaction transaction, AdministrationGate gate, TimeProvider time) =>
        (_transaction, _gate, _time) = (transaction, gate, time);

    /// <summary>Ends the soft locks of a user; secret, codes and rolling caps stay.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The locked user.</param>
    /// <param name="reason">Why; optional, up to 1,000 characters.</param>
    /// <param name="organization">The organisation in which the actor acts; null in a host without organisations.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> UnlockAsync(
        UserId actor, UserId subject, string? reason = null, OrganizationId? organization = null, CancellationToken cancellationToken = default)
    {
        var fault = reason is { Length: > MaxText } ? new AdministrationResult.Invalid(nameof(reason), $"It has up to {MaxText} characters.") : null;
        var request = Request(actor, AdministrativeAction.Unlock, organization, subject);
        return RunAsync(request, fault, (account, now) => AdministrationDecider.Unlock(account, request, reason, now), cancellationToken);
    }

    /// <summary>Removes a user's secret, codes, trusted devices and challenges and raises the epoch; the user sets up again at the next sign-in.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user who lost the authenticator.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="identityVerification">How the user's identity was verified (call, video, ...); 1 to 1,000 characters.</param>
    /// <param name="organization">The organisation in which the actor acts; null in a host without organisations.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> ResetAsync(
        UserId actor, UserId subject, string reason, string identityVerification, OrganizationId? organization = null,
        CancellationToken cancellationToken = default)
    {
        var fault = InvalidText(reason, nameof(reason));
        fault = InvalidText(identityVerification, nameof(identityVerification)) is { } second ? fault ?? second : fault;
        var request = Request(actor, AdministrativeAction.Reset, organization, subject);
        return RunAsync(request, fault, (_, now) => AdministrationDecider.Reset(request, reason, identityVerification, now), cancellationToken);
    }

    /// <summary>
    /// Removes a user's authenticator and codes and raises the epoch: where a second factor is required, the user sets up again at the next
    /// sign-in, elsewhere the user is no longer asked. Locks stay.
    /// </summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user who changed the device.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="organization">The organisation in which the actor acts; null in a host without organisations.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> UnregisterAsync(
        UserId actor, UserId subject, string reason, OrganizationId? organization = null, CancellationToken cancellationToken = default)
    {
        var fault = InvalidText(reason, nameof(reason));
        var request = Request(actor, AdministrativeAction.Unregister, organization, subject);
        return RunAsync(request, fault, (account, now) => AdministrationDecider.Unregister(account, request, reason, now), cancellationToken);
    }

    /// <summary>Trusts none of a user's devices any longer: a code is asked for at every sign-in until the user trusts one anew. Sessions go on.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="organization">The organisation in which the actor acts; null in a host without organisations.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> RevokeTrustedDevicesAsync(
        UserId actor, UserId subject, string reason, OrganizationId? organization = null, CancellationToken cancellationToken = default)
    {
        var fault = InvalidText(reason, nameof(reason));
        var request = Request(actor, AdministrativeAction.RevokeTrustedDevices, organization, subject);
        return RunAsync(request, fault, (account, now) => AdministrationDecider.RevokeTrustedDevices(account, request, reason, now), cancellationToken);
    }

    /// <summary>Gives a user more grace under the rules of an organisation; it adds to what was given before.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user.</param>
    /// <param name="organization">Under whose rules.</param>
    /// <param name="extra">How much: over 0, up to 365 days.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> ExtendGraceAsync(
        UserId actor, UserId subject, OrganizationId organization, TimeSpan extra, string reason, CancellationToken cancellationToken = default)
    {
        organization.ThrowIfDefault(nameof(organization));
        var fault = InvalidText(reason, nameof(reason));
        if (extra <= TimeSpan.Zero || extra > s_longest) fault ??= new AdministrationResult.Invalid(nameof(extra), "It must be over 0 and up to 365 days.");
        var request = Request(actor, AdministrativeAction.ExtendGrace, organization, subject);
        return RunAsync(
            request, fault, (_, now) => AdministrationDecider.ExtendGrace(request, new GraceExtension(organization, extra), reason, now), cancellationToken);
    }

    /// <summary>Exempts a user from the rules of an organisation until a time; a time that is past ends an exemption.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user.</param>
    /// <param name="organization">From whose rules.</param>
    /// <param name="until">The moment from which they bind again: up to 365 days ahead.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AdministrationResult> ExemptAsync(
        UserId actor, UserId subject, OrganizationId organization, DateTimeOffset until, string reason, CancellationToken cancellationToken = default)
    {
        organization.ThrowIfDefault(nameof(organization));
        var fault = InvalidText(reason, nameof(reason));
        if (until - _time.GetUtcNow() > s_longest) fault ??= new AdministrationResult.Invalid(nameof(until), "It must be up to 365 days ahead.");
        var request = Request(actor, AdministrativeAction.Exempt, organization, subject);
        return RunAsync(request, fault, (_, now) => AdministrationDecider.Exempt(request, new GraceExemption(organization, until), reason, now), cancellationToken);
    }

    private ValueTask<AdministrationResult> RunAsync(
        AdministrativeRequest request, AdministrationResult.Invalid? fault, Func<Account, DateTimeOffset, Decision<AdministrationResult>> decide,
        CancellationToken cancellationToken) =>
        RunAtHomeAsync(request, fault, decide, cancellationToken).OrRefusedAsync(static reason => new AdministrationResult.RegionRefused(reason));

    private async ValueTask<AdministrationResult> RunAtHomeAsync(
        AdministrativeRequest request, AdministrationResult.Invalid? fault, Func<Account, DateTimeOffset, Decision<AdministrationResult>> decide,
        CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (await _gate.RefuseAsync(request, now, cancellationToken).ConfigureAwait(false) is { } reason) return new AdministrationResult.Denied(reason);
        // Whoever may not do it is denied, and recorded, whatever else is wrong with the call.
        if (fault is not null) return fault;
        return await _transaction.RunAsync<AdministrationResult>(
            request.Subject!.Value,
            account => ValueTask.FromResult(decide(account, now)),
            new AdministrationResult.Contended(),
            cancellationToken).ConfigureAwait(false);
    }

    private static AdministrativeRequest Request(UserId actor, AdministrativeAction action, OrganizationId? organization, UserId subject)
    {
        actor.ThrowIfDefault(nameof(actor));
        subject.ThrowIfDefault(nameof(subject));
        return new AdministrativeRequest(actor, action, organization, subject);
    }

    private static AdministrationResult.Invalid? InvalidText(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        var valid = !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText;
        return valid ? null : new AdministrationResult.Invalid(name, $"It needs 1 to {MaxText} characters.");
    }
}
