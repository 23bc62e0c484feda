using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using IdentitySignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Identity's sign-in manager on our sign-in: after the first factor the policies decide, codes are verified once and on one budget, and the
/// session carries the account's epoch and the proof. Its answers are <see cref="TwoFactorSignInResult"/>s. An application's own sign-in manager
/// derives from it.
/// </summary>
public class TwoFactorSignInManager<TUser> : SignInManager<TUser> where TUser : class
{
    private readonly TwoFactorUserManager<TUser> _users;
    private readonly IdentitySignIns _signIns;
    private readonly IAuthenticationSchemeProvider _schemes;
    private readonly TimeProvider _time;
    private TwoFactorAttempt? _attempt;
    private ExistingAttempt? _existing;
    private TwoFactorSession? _granted;

    /// <summary>Takes what <see cref="SignInManager{TUser}"/> takes.</summary>
    public TwoFactorSignInManager(
        UserManager<TUser> userManager, IHttpContextAccessor contextAccessor, IUserClaimsPrincipalFactory<TUser> claimsFactory,
        IOptions<IdentityOptions> optionsAccessor, ILogger<SignInManager<TUser>> logger, IAuthenticationSchemeProvider schemes,
        IUserConfirmation<TUser> confirmation)
        : base(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
    {
        _users = TwoFactorTokenProvider<TUser>.Ours(userManager);
        _signIns = _users.SignIns;
        _schemes = schemes;
        _time = _users.Time;
    }

    /// <summary>
    /// Checks a password. Failures are reported to our services whatever <paramref name="lockoutOnFailure"/> says, and lock as the policy says; Identity's
    /// own count of failures stands still. A lockout that was set by <c>SetLockoutEndDateAsync</c> holds as before. While the account moves between
    /// regions every password is answered with <c>IsNotAllowed</c>.
    /// </summary>
    public override async Task<IdentitySignInResult> CheckPasswordSignInAsync(TUser user, string password, bool lockoutOnFailure)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (await PreSignInCheck(user).ConfigureAwait(false) is { } error) return error;
        var id = await _users.GetTwoFactorIdAsync(user).ConfigureAwait(false);
        // Both before the password is looked at, so that a right one tells a guesser nothing while wrong ones cannot be counted or the lock lasts.
        if (await _signIns.RefusedByRegionAsync(id).ConfigureAwait(false) is { } refused) return refused;
        if ((await _users.Accounts.StatusAsync(id).ConfigureAwait(false)).PasswordLock is { } locked) return TwoFactorSignInResult.Locked(locked);
        if (await UserManager.CheckPasswordAsync(user, password).ConfigureAwait(false)) return IdentitySignInResult.Success;
        return await _signIns.PasswordFailedAsync(id).ConfigureAwait(false) ?? IdentitySignInResult.Failed;
    }

    /// <summary>True when an authenticator is active, here or, not moved yet, in Identity's tables.</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(TUser user) => UserManager.GetTwoFactorEnabledAsync(user);

    /// <inheritdoc/>
    public override async Task<TUser?> GetTwoFactorAuthenticationUserAsync() =>
        ((await AttemptAsync().ConfigureAwait(false))?.Challenge.UserId ?? _existing?.UserId) is { } id ? await UserManager.FindByIdAsync(id.Value).ConfigureAwait(false) : null;

    /// <summary>Verifies a code of the authenticator app for the sign-in that the password began.</summary>
    /// <param name="code">The code as typed.</param>
    /// <param name="isPersistent">Whether the session outlives the browser.</param>
    /// <param name="rememberClient">Whether the user wants this browser to be trusted; where policy trusts none it changes nothing.</param>
    public override Task<IdentitySignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        VerifyAsync(MfaFactorType.Totp, code, isPersistent, rememberClient);

    /// <summary>Verifies a recovery code for the sign-in that the password began, on the same budget as the codes of the app.</summary>
    public override Task<IdentitySignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        VerifyAsync(MfaFactorType.BackupCode, recoveryCode, isPersistent: false, rememberClient: false);

    /// <summary>As <see cref="TwoFactorAuthenticatorSignInAsync"/>.</summary>
    /// <exception cref="TwoFactorRefusedException">The provider is not the authenticator: codes by e-mail and SMS are no second factor here.</exception>
    public override Task<IdentitySignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        provider == Options.Tokens.AuthenticatorTokenProvider
            ? TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient)
            : throw new TwoFactorRefusedException($"Codes of the provider '{provider}' are no second factor. Call TwoFactorAuthenticatorSignInAsync or TwoFactorRecoveryCodeSignInAsync.");

    /// <summary>True when this browser is a trusted device of the user, which may stand in for the next code as long as policy allows.</summary>
    public override async Task<bool> IsTwoFactorClientRememberedAsync(TUser user) =>
        await _users.Trust.IsTrustedAsync(Context, await _users.GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Revokes the trust in this browser, for the user who is signed in.</summary>
    public override async Task ForgetTwoFactorClientAsync()
    {
        await base.ForgetTwoFactorClientAsync().ConfigureAwait(false);
        if (TwoFactorSession.Read(Context.User) is { } session) await _users.Trust.ForgetAsync(Context, session.UserId).ConfigureAwait(false);
    }

    /// <summary>Refused: a browser is trusted in the course of a sign-in, after a code, and not by a call.</summary>
    /// <exception cref="TwoFactorRefusedException">Always.</exception>
    public override Task RememberTwoFactorClientAsync(TUser user) => throw new TwoFactorRefusedException(
        "A browser is trusted when its user passes a code. Pass rememberClient: true to TwoFactorAuthenticatorSignInAsync.");

    /// <summary>
    /// Shows the authenticator that a sign-in waits for, when <see cref="TwoFactorSignInResult.RequiresEnrollment"/> was the answer. The user is not
    /// signed in meanwhile.
    /// </summary>
    /// <returns>Null when no sign-in waits for a set-up: begin again with the password.</returns>
    public virtual async Task<BeginEnrollmentResult?> BeginRequiredEnrollmentAsync(CancellationToken cancellationToken = default)
    {
        if (await AttemptAsync(forEnrollment: true).ConfigureAwait(false) is not { } attempt) return null;
        if (await UserManager.FindByIdAsync(attempt.Challenge.UserId.Value).ConfigureAwait(false) is not { } user) return null;
        var name = UserManager.SupportsUserEmail ? await UserManager.GetEmailAsync(user).ConfigureAwait(false) : null;
        name ??= await UserManager.GetUserNameAsync(user).ConfigureAwait(false) ?? attempt.Challenge.UserId.Value;
        return await _signIns.BeginEnrollmentAsync(attempt.Challenge, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Confirms that authenticator with its first code, and completes the sign-in: the user is signed in when the answer is <c>Confirmed</c>.</summary>
    /// <param name="enrollmentId">The id of the offer that was shown.</param>
    /// <param name="code">The code as typed.</param>
    /// <param name="isPersistent">Whether the session outlives the browser.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when no sign-in waits for a set-up: begin again with the password. The backup codes in <c>Confirmed</c> are shown this once.</returns>
    public virtual async Task<ConfirmEnrollmentResult?> ConfirmRequiredEnrollmentAsync(
        EnrollmentId enrollmentId, string code, bool isPersistent, CancellationToken cancellationToken = default)
    {
        if (await AttemptAsync(forEnrollment: true).ConfigureAwait(false) is not { } attempt) return null;
        if (await UserManager.FindByIdAsync(attempt.Challenge.UserId.Value).ConfigureAwait(false) is not { } user) return null;
        if (await PreSignInCheck(user).ConfigureAwait(false) is not null) return null;
        var (result, completed) = await _signIns.ConfirmEnrollmentAsync(attempt.Challenge, enrollmentId, code, cancellationToken).ConfigureAwait(false);
        if (completed is not null) await SignInAsync(user, attempt, completed, isPersistent).ConfigureAwait(false);
        return result;
    }

    /// <summary>Writes the session. Every sign-in of Identity comes through here; one that has not passed our sign-in makes up for it or is refused.</summary>
    /// <exception cref="TwoFactorSignInRequiredException">The user may not be signed in without more.</exception>
    public override async Task SignInWithClaimsAsync(TUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var properties = authenticationProperties ?? new AuthenticationProperties();
        var claims = additionalClaims as ICollection<Claim> ?? [.. additionalClaims];
        var id = await _users.GetTwoFactorIdAsync(user).ConfigureAwait(false);
        TwoFactorSession session;
        if (_granted is { } granted && granted.UserId == id) session = granted;
        else if (_users.Sessions.ProofOfThisRequest(id) is { } proof) session = TwoFactorSession.AfterSecondFactor(proof, SignInMethod.Password, ClientKind.Browser, _time.GetUtcNow());
        else session = await BeginDirectlyAsync(user, id, claims).ConfigureAwait(false);
        _granted = null;
        var identity = new ClaimsIdentity();
        session.WriteTo(identity);
        await base.SignInWithClaimsAsync(user, properties, claims.Where(claim => claim.Type != TwoFactorSession.ClaimType).Concat(identity.Claims)).ConfigureAwait(false);
    }

    /// <summary>Makes the session's principal anew. It stays the session it is, and ends with it where the epoch has moved on.</summary>
    public override async Task RefreshSignInAsync(TUser user)
    {
        _granted = await _users.Sessions.ReadAsync(await _users.GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);
        await base.RefreshSignInAsync(user).ConfigureAwait(false);
        _granted = null;
    }

    /// <summary>
    /// After a first factor. An external login and a passkey are methods of their own, for which the policies say whether a code is asked for; by
    /// default it is not, whatever <paramref name="bypassTwoFactor"/> says.
    /// </summary>
    protected override async Task<IdentitySignInResult> SignInOrTwoFactorAsync(TUser user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        ArgumentNullException.ThrowIfNull(user);
        var method = loginProvider is not null ? SignInMethod.External(loginProvider) : bypassTwoFactor ? SignInMethod.External("Passkey") : SignInMethod.Password;
        var result = await BeginAsync(user, method, loginProvider, mayBeNotMoved: bypassTwoFactor).ConfigureAwait(false);
        if (!result.Succeeded) return result;
        if (loginProvider is not null) await Context.SignOutAsync(IdentityConstants.ExternalScheme).ConfigureAwait(false);
        if (loginProvider is not null) await SignInAsync(user, isPersistent, loginProvider).ConfigureAwait(false);
        else await SignInWithClaimsAsync(user, isPersistent, [new Claim("amr", "pwd")]).ConfigureAwait(false);
        return result;
    }

    private async Task<TwoFactorSignInResult> BeginAsync(TUser user, SignInMethod method, string? loginProvider, bool mayBeNotMoved)
    {
        var id = await _users.GetTwoFactorIdAsync(user).ConfigureAwait(false);
        if (await _users.IsEnabledInIdentityAsync(user).ConfigureAwait(false))
        {
            // Set up here and not yet discarded there, or not moved: then the password alone must not do what it did not do before.
            if ((await _users.Accounts.StatusAsync(id).ConfigureAwait(false)).IsEnrolled) await _users.DiscardIdentityAuthenticatorAsync(user).ConfigureAwait(false);
            else if (!mayBeNotMoved) return await BeginExistingAsync(user, id, loginProvider).ConfigureAwait(false);
        }

        // Who signs in again in his session wants a fresh proof for it, which a trusted device cannot give.
        var isAgain = await _users.Sessions.ReadAsync(id).ConfigureAwait(false) is not null;
        var request = _signIns.Configure(Context, new SignInRequest(id) { Method = method, TrustedDevice = isAgain ? null : _users.Trust.Present(Context, id) });
        var begin = await _signIns.BeginAsync(Context, request).ConfigureAwait(false);
        _users.Trust.Apply(Context, id, begin);
        (_attempt, var expires) = begin switch
        {
            BeginSignInResult.ChallengeRequired challenge => (new TwoFactorAttempt(challenge.Challenge, loginProvider, request.Client, false), challenge.ExpiresAt),
            BeginSignInResult.EnrollmentRequired enrollment => (new TwoFactorAttempt(enrollment.Challenge, loginProvider, request.Client, true), enrollment.ExpiresAt),
            _ => (null, default),
        };
        if (_attempt is not null) await _attempt.WriteAsync(Context, expires).ConfigureAwait(false);
        _granted = begin switch
        {
            BeginSignInResult.Allowed allowed => TwoFactorSession.AfterFirstFactor(id, allowed.Epoch, request.Method, request.Client, _time.GetUtcNow()),
            BeginSignInResult.Trusted trusted => TwoFactorSession.AfterSecondFactor(trusted.Proof, request.Method, request.Client, _time.GetUtcNow()),
            _ => null,
        };
        return TwoFactorSignInResult.Of(begin);
    }

    /// <summary>The host signs somebody in by itself, as after a registration or with a link by e-mail.</summary>
    private async Task<TwoFactorSession> BeginDirectlyAsync(TUser user, UserId id, IEnumerable<Claim> claims)
    {
        // The name of a method is the host's word alone. What the policies hold for an external login needs the login.
        var named = claims.FirstOrDefault(claim => claim.Type == ClaimTypes.AuthenticationMethod)?.Value;
        var provider = named is not null && await HasExternalLoginAsync(id, named).ConfigureAwait(false) ? named : null;
        var result = await BeginAsync(user, provider is null ? SignInMethod.Password : SignInMethod.External(provider), provider, mayBeNotMoved: false).ConfigureAwait(false);
        return _granted is { } granted && granted.UserId == id ? granted : throw new TwoFactorSignInRequiredException(result);
    }

    /// <summary>True when this browser comes from the provider, with a login that is this user's.</summary>
    private async Task<bool> HasExternalLoginAsync(UserId id, string provider)
    {
        if (!UserManager.SupportsUserLogin || await _schemes.GetSchemeAsync(IdentityConstants.ExternalScheme).ConfigureAwait(false) is null) return false;
        if (await GetExternalLoginInfoAsync().ConfigureAwait(false) is not { } login || login.LoginProvider != provider) return false;
        return await UserManager.FindByLoginAsync(login.LoginProvider, login.ProviderKey).ConfigureAwait(false) is { } owner
            && await _users.GetTwoFactorIdAsync(owner).ConfigureAwait(false) == id;
    }

    private async Task<IdentitySignInResult> VerifyAsync(MfaFactorType factor, string code, bool isPersistent, bool rememberClient)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (await AttemptAsync().ConfigureAwait(false) is not { } attempt)
            return _existing is { } existing ? await VerifyExistingAsync(existing, factor, code, isPersistent).ConfigureAwait(false) : IdentitySignInResult.Failed;
        if (await UserManager.FindByIdAsync(attempt.Challenge.UserId.Value).ConfigureAwait(false) is not { } user) return IdentitySignInResult.Failed;
        if (await PreSignInCheck(user).ConfigureAwait(false) is { } error) return error;
        var verified = await _signIns.VerifyAsync(Context, attempt.Challenge, factor, code, rememberClient).ConfigureAwait(false);
        var result = TwoFactorSignInResult.Of(verified);
        if (verified is VerifySignInResult.SignedIn signedIn) await SignInAsync(user, attempt, signedIn, isPersistent).ConfigureAwait(false);
        else if (result.IsLockedOut) await EndAttemptAsync().ConfigureAwait(false);
        return result;
    }

    /// <summary>The second factor still stands in Identity's tables: its code is asked for, where the host accepts it.</summary>
    private async Task<TwoFactorSignInResult> BeginExistingAsync(TUser user, UserId id, string? loginProvider)
    {
        if (!_signIns.AcceptsExisting || !await _users.HasExistingAuthenticatorAsync(user).ConfigureAwait(false)) return TwoFactorSignInResult.NotMoved();
        _existing = new ExistingAttempt(id, await UserManager.GetSecurityStampAsync(user).ConfigureAwait(false), loginProvider);
        await _existing.WriteAsync(Context, _time.GetUtcNow() + _signIns.AttemptLifetime).ConfigureAwait(false);
        return TwoFactorSignInResult.AskExisting();
    }

    private async Task<IdentitySignInResult> VerifyExistingAsync(ExistingAttempt attempt, MfaFactorType factor, string code, bool isPersistent)
    {
        if (await UserManager.FindByIdAsync(attempt.UserId.Value).ConfigureAwait(false) is not { } user) return IdentitySignInResult.Failed;
        if (await PreSignInCheck(user).ConfigureAwait(false) is { } error) return error;
        if (await _signIns.RefusedByRegionAsync(attempt.UserId).ConfigureAwait(false) is { } refused) return refused;
        var status = await _users.Accounts.StatusAsync(attempt.UserId).ConfigureAwait(false);
        if ((status.PasswordLock ?? status.Lock) is { } locked) return TwoFactorSignInResult.Locked(locked);
        // Moved meanwhile, in another browser, or the password is another: begin again.
        var stands = _signIns.AcceptsExisting && !status.IsEnrolled && attempt.Stamp == await UserManager.GetSecurityStampAsync(user).ConfigureAwait(false);
        if (!stands)
        {
            await EndAttemptAsync().ConfigureAwait(false);
            return TwoFactorSignInResult.Of(new VerifySignInResult.ChallengeVoid());
        }

        if (!await _users.AcceptExistingAsync(user, factor, code).ConfigureAwait(false))
            return await _signIns.PasswordFailedAsync(attempt.UserId).ConfigureAwait(false) ?? TwoFactorSignInResult.RefuseExisting();
        await EndAttemptAsync().ConfigureAwait(false);
        var method = attempt.LoginProvider is { } provider ? SignInMethod.External(provider) : SignInMethod.Password;
        var result = await BeginAsync(user, method, attempt.LoginProvider, mayBeNotMoved: true).ConfigureAwait(false);
        if (result.Succeeded) await SignInWithClaimsAsync(user, isPersistent, [new Claim("amr", "mfa")]).ConfigureAwait(false);
        return result;
    }

    private async Task SignInAsync(TUser user, TwoFactorAttempt attempt, VerifySignInResult.SignedIn signedIn, bool isPersistent)
    {
        List<Claim> claims = [new Claim("amr", "mfa")];
        if (attempt.LoginProvider is { } provider)
        {
            claims.Add(new Claim(ClaimTypes.AuthenticationMethod, provider));
            await Context.SignOutAsync(IdentityConstants.ExternalScheme).ConfigureAwait(false);
        }

        await EndAttemptAsync().ConfigureAwait(false);
        _users.Trust.Apply(Context, signedIn);
        _granted = TwoFactorSession.AfterSecondFactor(signedIn.Proof, signedIn.Proof.Method ?? SignInMethod.Password, attempt.Client, _time.GetUtcNow());
        await SignInWithClaimsAsync(user, isPersistent, claims).ConfigureAwait(false);
    }

    private async Task EndAttemptAsync()
    {
        (_attempt, _existing) = (null, null);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme).ConfigureAwait(false);
    }

    /// <summary>The sign-in that waits: begun in this very request, or in the one before.</summary>
    private async Task<TwoFactorAttempt?> AttemptAsync(bool forEnrollment = false)
    {
        if (_attempt is null && _existing is null)
        {
            _attempt = await TwoFactorAttempt.ReadAsync(Context).ConfigureAwait(false);
            _existing = await ExistingAttempt.ReadAsync(Context).ConfigureAwait(false);
        }

        return _attempt is { } attempt && attempt.IsForEnrollment == forEnrollment ? attempt : null;
    }
}
