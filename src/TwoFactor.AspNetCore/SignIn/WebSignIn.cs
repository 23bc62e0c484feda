using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Diagnostics;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.AspNetCore.TrustedDevices;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.SignIn;

/// <summary>
/// Signs users of a web application in with two factors: asks the core, and sets, renews and deletes the cookies that its answer means. Every call
/// comes before the response begins. Safe for concurrent use.
/// </summary>
public sealed class WebSignIn
{
    private readonly SignInService _signIn;
    private readonly SessionCookie _sessions;
    private readonly PendingSignInCookie _pending;
    private readonly BrowserTrust _trust;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal WebSignIn(
        SignInService signIn, SessionCookie sessions, PendingSignInCookie pending, BrowserTrust trust, TimeProvider time, ILogger<WebSignIn> logger) =>
        (_signIn, _sessions, _pending, _trust, _time, _logger) = (signIn, sessions, pending, trust, time, logger);

    /// <summary>Call it once the first factor has passed; it signs in, or says what is asked for first.</summary>
    /// <param name="context">The request.</param>
    /// <param name="first">Whose first factor has passed, and the application's own claims for the session.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has signed nobody in.</param>
    /// <exception cref="ArgumentException">The claims name another user, or do not fit into a cookie.</exception>
    public async Task<WebSignInResult> BeginAsync(HttpContext context, PassedFirstFactor first, CancellationToken cancellationToken = default)
    {
        ThrowIfStarted(context);
        ArgumentNullException.ThrowIfNull(first);
        if (first.UserId.IsDefault) throw new ArgumentException("The first factor was somebody's: set the user id.", nameof(first));
        // Claims that cannot stand in a session are misuse, and are told before anything is recorded.
        _ = SessionClaims.Of(first.UserId, first.Claims);
        var request = new SignInRequest(first.UserId)
        {
            Method = first.Method,
            Client = first.Client,
            IsActivation = first.IsActivation,
            Upstream = first.Upstream,
            TrustedDevice = _trust.Read(context, first.UserId),
        };
        var result = await _signIn.BeginAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await AnswerAsync(context, first, result).ConfigureAwait(false);
        return answer with { Explanation = result.Explanation };
    }

    /// <summary>The half-finished sign-in of this browser, for the page that asks for the code or the set-up; null when there is none.</summary>
    public PendingSignIn? ReadPending(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _pending.Read(context);
    }

    /// <summary>Verifies a code for the half-finished sign-in of this browser, and signs in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="factor">What kind of code it is.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="trustBrowser">True when the user ticked "trust this browser". Where policy trusts none it changes nothing.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has accepted nothing unless the write had been sent.</param>
    public async Task<WebVerifyResult> VerifyAsync(
        HttpContext context, MfaFactorType factor, string? code, bool trustBrowser = false, CancellationToken cancellationToken = default)
    {
        ThrowIfStarted(context);
        if (_pending.Read(context) is not { NeedsSetup: false } pending) return new WebVerifyResult.NoSignIn();
        var trust = trustBrowser ? BrowserTrust.RequestFrom(context) : null;
        var result = await _signIn.VerifyAsync(pending.Challenge, factor, code ?? "", trust, cancellationToken).ConfigureAwait(false);
        switch (result)
        {
            case VerifySignInResult.SignedIn signedIn:
                if (signedIn.Device is { } device) _trust.Keep(context, device);
                var session = TwoFactorSession.AfterSecondFactor(signedIn.Proof, pending.Method, pending.Client, _time.GetUtcNow());
                await FinishAsync(context, pending, session).ConfigureAwait(false);
                return new WebVerifyResult.SignedIn(session, ReturnUrls.OrHome(pending.ReturnUrl), signedIn.BackupCodesLeft, signedIn.ClockOffset)
                {
                    TrustedUntil = signedIn.Device?.ExpiresAt,
                };
            case VerifySignInResult.Refused refused:
                WebLog.CodeRefused(_logger, pending.UserId, refused.Refusal.GetType().Name);
                return Refuse(context, pending, refused.Refusal);
            default:
                _pending.Delete(context);
                return new WebVerifyResult.NoSignIn();
        }
    }

    /// <summary>Verifies a code inside the session, and gives the session a fresh proof.</summary>
    /// <param name="context">The request of a signed-in user.</param>
    /// <param name="factor">What kind of code it is.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="returnUrl">Where the user wanted to go. An address outside of this site is dropped.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has accepted nothing unless the write had been sent.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks an authorization policy.</exception>
    public async Task<WebStepUpResult> StepUpAsync(
        HttpContext context, MfaFactorType factor, string? code, string? returnUrl = null, CancellationToken cancellationToken = default)
    {
        ThrowIfStarted(context);
        var session = await RequireSessionAsync(context).ConfigureAwait(false);
        switch (await _signIn.StepUpAsync(session.UserId, factor, code ?? "", cancellationToken).ConfigureAwait(false))
        {
            case StepUpResult.Proved proved when proved.Proof.Epoch != session.Epoch:
                // A session of an earlier epoch is void, whoever holds the new authenticator.
                await _sessions.EndAsync(context).ConfigureAwait(false);
                return new WebStepUpResult.SessionEnded();
            case StepUpResult.Proved proved:
                var renewed = session.With(proved.Proof);
                await _sessions.RenewAsync(context, renewed).ConfigureAwait(false);
                WebLog.SteppedUp(_logger, session.UserId, proved.Proof.Factor);
                return new WebStepUpResult.Proved(renewed, ReturnUrls.OrHome(returnUrl), proved.BackupCodesLeft);
            case StepUpResult.Refused refused:
                WebLog.CodeRefused(_logger, session.UserId, refused.Refusal.GetType().Name);
                return new WebStepUpResult.Refused(refused.Refusal);
            default:
                return new WebStepUpResult.NotEnrolled();
        }
    }

    /// <summary>The session of this request, as the cookie scheme has validated it; null when nobody is signed in.</summary>
    public Task<TwoFactorSession?> GetSessionAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _sessions.ReadAsync(context);
    }

    /// <summary>
    /// Which trusted device this browser says it is, to mark it in the user's list; null for none. It is what the cookie says, whether or not the device
    /// is trusted still: it grants nothing.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="userId">The user who is signed in.</param>
    public TrustedDeviceId? ReadTrustedDevice(HttpContext context, UserId userId)
    {
        ThrowIfStarted(context);
        return _trust.Read(context, userId)?.DeviceId;
    }

    /// <summary>Drops the half-finished sign-in, for a link "start over". The challenge ends by itself.</summary>
    public void Cancel(HttpContext context)
    {
        ThrowIfStarted(context);
        _pending.Delete(context);
    }

    /// <summary>Signs out, half-finished sign-ins included. The browser stays trusted.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        ThrowIfStarted(context);
        _pending.Delete(context);
        await _sessions.EndAsync(context).ConfigureAwait(false);
    }

    /// <summary>Ends a half-finished sign-in with a session.</summary>
    internal async Task FinishAsync(HttpContext context, PendingSignIn pending, TwoFactorSession session)
    {
        _pending.Delete(context);
        await _sessions.WriteAsync(context, session, pending.Claims, pending.IsPersistent).ConfigureAwait(false);
        LogSignedIn(session);
    }

    internal async Task<TwoFactorSession> RequireSessionAsync(HttpContext context) => await _sessions.ReadAsync(context).ConfigureAwait(false)
        ?? throw new InvalidOperationException("Nobody is signed in. Let only signed-in users reach this call: put [Authorize] on its page or endpoint.");

    internal static void ThrowIfStarted(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Response.HasStarted) throw new InvalidOperationException("The response has begun, and cookies can no longer be set: call this before writing to it.");
    }

    private async Task<WebSignInResult> AnswerAsync(HttpContext context, PassedFirstFactor first, BeginSignInResult result)
    {
        var kind = first.Method.Kind;
        switch (result)
        {
            case BeginSignInResult.Allowed allowed:
                var session = TwoFactorSession.AfterFirstFactor(first.UserId, allowed.Epoch, first.Method, first.Client, _time.GetUtcNow());
                return new WebSignInResult.SignedIn(await StartAsync(context, first, session).ConfigureAwait(false), ReturnUrls.OrHome(first.ReturnUrl))
                {
                    Reminder = allowed.Prompt,
                };
            case BeginSignInResult.Trusted trusted:
                // The token before it is spent, so the new one comes first.
                _trust.Keep(context, trusted.Device);
                var byTrust = TwoFactorSession.AfterSecondFactor(trusted.Proof, first.Method, first.Client, _time.GetUtcNow());
                return new WebSignInResult.SignedIn(await StartAsync(context, first, byTrust).ConfigureAwait(false), ReturnUrls.OrHome(first.ReturnUrl));
            case BeginSignInResult.ChallengeRequired challenge:
                _trust.Forget(context, first.UserId, challenge.TrustRefusal);
                WebLog.CodeAsked(_logger, first.UserId, kind);
                return new WebSignInResult.CodeRequired(Wait(context, PendingSignInFactory.For(first, challenge)));
            case BeginSignInResult.EnrollmentRequired required:
                // Whoever has no authenticator has no trusted device.
                _trust.Forget(context, first.UserId);
                WebLog.SetupAsked(_logger, first.UserId, kind);
                return new WebSignInResult.SetupRequired(Wait(context, PendingSignInFactory.For(first, required)));
            case BeginSignInResult.EnrollElsewhere elsewhere:
                WebLog.TurnedAway(_logger, first.UserId, kind, nameof(BeginSignInResult.EnrollElsewhere));
                return new WebSignInResult.EnrollElsewhere(elsewhere.Clients, elsewhere.Deadline);
            case BeginSignInResult.Denied denied:
                WebLog.TurnedAway(_logger, first.UserId, kind, nameof(BeginSignInResult.Denied));
                return new WebSignInResult.Denied(denied.Deadline);
            case BeginSignInResult.LockedOut locked:
                WebLog.TurnedAway(_logger, first.UserId, kind, nameof(BeginSignInResult.LockedOut));
                return new WebSignInResult.LockedOut(locked.Lock);
            case BeginSignInResult.RegionRefused region:
                WebLog.TurnedAway(_logger, first.UserId, kind, nameof(BeginSignInResult.RegionRefused));
                return new WebSignInResult.RegionRefused(region.Reason);
            default:
                return new WebSignInResult.Contended();
        }
    }

    private async Task<TwoFactorSession> StartAsync(HttpContext context, PassedFirstFactor first, TwoFactorSession session)
    {
        _pending.Delete(context);
        await _sessions.WriteAsync(context, session, first.Claims, first.IsPersistent).ConfigureAwait(false);
        LogSignedIn(session);
        return session;
    }

    private PendingSignIn Wait(HttpContext context, PendingSignIn pending)
    {
        _pending.Write(context, pending);
        return pending;
    }

    private WebVerifyResult Refuse(HttpContext context, PendingSignIn pending, CodeRefusal refusal)
    {
        switch (refusal)
        {
            case CodeRefusal.StartOver:
                _pending.Delete(context);
                return new WebVerifyResult.StartOver();
            case CodeRefusal.LockedOut locked:
                _pending.Delete(context);
                return new WebVerifyResult.LockedOut(locked.Lock);
            case CodeRefusal.Wrong wrong:
                return new WebVerifyResult.Refused(refusal, Wait(context, pending with { AttemptsLeft = wrong.AttemptsLeft }));
            default:
                return new WebVerifyResult.Refused(refusal, pending);
        }
    }

    private void LogSignedIn(TwoFactorSession session) =>
        WebLog.SignedIn(_logger, session.UserId, session.Method.Kind, session.SignedInWith, session.IsViaTrust);
}
