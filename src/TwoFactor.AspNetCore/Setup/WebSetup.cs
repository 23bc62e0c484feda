using Microsoft.AspNetCore.Http;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.AspNetCore.TrustedDevices;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Setup;

/// <summary>
/// Sets up, replaces and removes the authenticator of a web application's user, in a session or where a half-finished sign-in asks for it, and keeps
/// the session in step. Every call comes before the response begins. Safe for concurrent use.
/// </summary>
public sealed class WebSetup
{
    private readonly EnrollmentService _enrollment;
    private readonly SignInService _core;
    private readonly WebSignIn _signIn;
    private readonly SessionCookie _sessions;
    private readonly PendingSignInCookie _pending;
    private readonly OfferTickets _tickets;
    private readonly BrowserTrust _trust;
    private readonly TimeProvider _time;

    internal WebSetup(
        EnrollmentService enrollment, SignInService core, WebSignIn signIn, SessionCookie sessions, PendingSignInCookie pending, OfferTickets tickets,
        BrowserTrust trust, TimeProvider time) =>
        (_enrollment, _core, _signIn, _sessions, _pending, _tickets, _trust, _time) =
        (enrollment, core, signIn, sessions, pending, tickets, trust, time);

    /// <summary>Begins in a session: a first authenticator, or one that replaces another, which then asks for a fresh proof.</summary>
    /// <param name="context">The request of a signed-in user.</param>
    /// <param name="accountName">What the app shows; null for the e-mail address or name in the session's claims, or the user's id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks an authorization policy.</exception>
    public async Task<BeginSetupResult> BeginAsync(HttpContext context, string? accountName = null, CancellationToken cancellationToken = default)
    {
        var session = await _signIn.RequireSessionAsync(context).ConfigureAwait(false);
        var name = accountName ?? PendingSignInFactory.AccountNameOf(context.User.Claims, session.UserId);
        return Answer(session.UserId, await _enrollment.BeginAsync(session.UserId, name, session.Proof, session.Epoch, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Begins the set-up that the half-finished sign-in of this browser waits for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BeginSetupResult> BeginRequiredAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        WebSignIn.ThrowIfStarted(context);
        if (_pending.Read(context) is not { NeedsSetup: true } pending) return new BeginSetupResult.NoSignIn();
        var result = Answer(pending.UserId, await _enrollment.BeginRequiredAsync(pending.Challenge, pending.AccountName, cancellationToken).ConfigureAwait(false));
        // An authenticator that was set up meanwhile is asked for at the sign-in that starts over.
        if (result is not (BeginSetupResult.ProofRequired or BeginSetupResult.NoSignIn)) return result;
        _pending.Delete(context);
        return new BeginSetupResult.NoSignIn();
    }

    /// <summary>The offer in a ticket, to show it again; null when the ticket is not this user's or has expired.</summary>
    public SetupOffer? ReadOffer(UserId userId, string? ticket) => _tickets.Read(userId, ticket) is { } offer ? _tickets.Issue(userId, offer) : null;

    /// <summary>Confirms in a session. When another authenticator was replaced, this session goes along and all others end.</summary>
    /// <param name="context">The request of a signed-in user.</param>
    /// <param name="ticket">From the offer.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="returnUrl">Where the user wanted to go. An address outside of this site is dropped.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has changed nothing unless the write had been sent.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks an authorization policy.</exception>
    public async Task<ConfirmSetupResult> ConfirmAsync(
        HttpContext context, string? ticket, string? code, string? returnUrl = null, CancellationToken cancellationToken = default)
    {
        WebSignIn.ThrowIfStarted(context);
        var session = await _signIn.RequireSessionAsync(context).ConfigureAwait(false);
        var (refusal, confirmed) = await ConfirmAsync(session.UserId, null, ticket, code, cancellationToken).ConfigureAwait(false);
        if (confirmed is null) return refusal!;
        var renewed = session.With(confirmed.Proof);
        await _sessions.RenewAsync(context, renewed).ConfigureAwait(false);
        _trust.Forget(context, session.UserId);
        return new ConfirmSetupResult.Confirmed(confirmed.BackupCodes, renewed, ReturnUrls.OrHome(returnUrl), confirmed.ClockOffset);
    }

    /// <summary>Confirms the set-up that the half-finished sign-in of this browser waits for, and signs in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ticket">From the offer.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has changed nothing unless the write had been sent.</param>
    public async Task<ConfirmSetupResult> ConfirmRequiredAsync(HttpContext context, string? ticket, string? code, CancellationToken cancellationToken = default)
    {
        WebSignIn.ThrowIfStarted(context);
        if (_pending.Read(context) is not { NeedsSetup: true } pending) return new ConfirmSetupResult.NoSignIn();
        var (refusal, confirmed) = await ConfirmAsync(pending.UserId, pending, ticket, code, cancellationToken).ConfigureAwait(false);
        if (confirmed is null)
        {
            if (refusal is ConfirmSetupResult.LockedOut or ConfirmSetupResult.NoSignIn) _pending.Delete(context);
            return refusal!;
        }

        _trust.Forget(context, pending.UserId);
        var session = await CompleteAsync(context, pending, confirmed.Proof).ConfigureAwait(false);
        return new ConfirmSetupResult.Confirmed(confirmed.BackupCodes, session, ReturnUrls.OrHome(pending.ReturnUrl), confirmed.ClockOffset);
    }

    /// <summary>Replaces the backup codes of the user who is signed in.</summary>
    /// <param name="context">The request of a signed-in user.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks an authorization policy.</exception>
    public async Task<RegenerateBackupCodesResult> RegenerateBackupCodesAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var session = await _signIn.RequireSessionAsync(context).ConfigureAwait(false);
        return await _enrollment.RegenerateBackupCodesAsync(session.UserId, session.Proof, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the authenticator of the user who is signed in; this session ends with it at once, and all others at their next request.</summary>
    /// <param name="context">The request of a signed-in user.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has changed nothing unless the write had been sent.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks an authorization policy.</exception>
    public async Task<UnregisterResult> RemoveAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        WebSignIn.ThrowIfStarted(context);
        var session = await _signIn.RequireSessionAsync(context).ConfigureAwait(false);
        var result = await _enrollment.UnregisterAsync(session.UserId, session.Proof, cancellationToken).ConfigureAwait(false);
        if (result is not UnregisterResult.Removed) return result;
        _trust.Forget(context, session.UserId);
        await _signIn.SignOutAsync(context).ConfigureAwait(false);
        return result;
    }

    private BeginSetupResult Answer(UserId user, BeginEnrollmentResult result) => result switch
    {
        BeginEnrollmentResult.Started started => new BeginSetupResult.Started(_tickets.Issue(user, started.Offer)),
        BeginEnrollmentResult.InvalidAccountName invalid => new BeginSetupResult.InvalidAccountName(invalid.Reason),
        BeginEnrollmentResult.ProofRequired required => new BeginSetupResult.ProofRequired(required.Refusal),
        BeginEnrollmentResult.LockedOut locked => new BeginSetupResult.LockedOut(locked.Lock),
        BeginEnrollmentResult.RegionRefused region => new BeginSetupResult.RegionRefused(region.Reason),
        BeginEnrollmentResult.ChallengeVoid => new BeginSetupResult.NoSignIn(),
        BeginEnrollmentResult.SessionEnded => new BeginSetupResult.SessionEnded(),
        _ => new BeginSetupResult.Contended(),
    };

    private async Task<(ConfirmSetupResult? Refusal, ConfirmEnrollmentResult.Confirmed? Confirmed)> ConfirmAsync(
        UserId user, PendingSignIn? pending, string? ticket, string? code, CancellationToken cancellationToken)
    {
        if (_tickets.Read(user, ticket) is not { } offer) return (new ConfirmSetupResult.NotPending(), null);
        var result = pending is null
            ? await _enrollment.ConfirmAsync(user, offer.EnrollmentId, code ?? "", cancellationToken).ConfigureAwait(false)
            : await _enrollment.ConfirmRequiredAsync(pending.Challenge, offer.EnrollmentId, code ?? "", cancellationToken).ConfigureAwait(false);
        return result switch
        {
            ConfirmEnrollmentResult.ChallengeVoid => (new ConfirmSetupResult.NoSignIn(), null),
            ConfirmEnrollmentResult.Confirmed confirmed => (null, confirmed),
            ConfirmEnrollmentResult.Refused { Refusal: CodeRefusal.LockedOut locked } => (new ConfirmSetupResult.LockedOut(locked.Lock), null),
            ConfirmEnrollmentResult.Refused refused => (new ConfirmSetupResult.Refused(refused.Refusal, _tickets.Issue(user, offer)), null),
            _ => (new ConfirmSetupResult.NotPending(), null),
        };
    }

    // The codes of a confirmed set-up are shown once and must reach the user: from here on nothing is cancelled.
    private async Task<TwoFactorSession?> CompleteAsync(HttpContext context, PendingSignIn pending, Proof proof)
    {
        if (await _core.CompleteEnrollmentAsync(pending.Challenge, proof, CancellationToken.None).ConfigureAwait(false) is VerifySignInResult.SignedIn signedIn)
        {
            var session = TwoFactorSession.AfterSecondFactor(signedIn.Proof, pending.Method, pending.Client, _time.GetUtcNow());
            await _signIn.FinishAsync(context, pending, session).ConfigureAwait(false);
            return session;
        }

        _pending.Delete(context);
        return null;
    }
}
