using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Storage;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor.SignIn;

/// <summary>
/// Signs users in with two factors: begin after the first, verify the second. Safe for concurrent use. A store that throws leaves every
/// call with its exception and nothing accepted.
/// </summary>
public sealed class SignInService
{
    private static readonly BeginSignInResult BeginContended = new BeginSignInResult.Contended();
    private static readonly VerifySignInResult VerifyContended = new VerifySignInResult.Refused(new CodeRefusal.Contended());

    private readonly AccountTransaction _transaction;
    private readonly CodeVerifier _verifier;
    private readonly SignInPolicy _policy;
    private readonly PolicyResolver _policies;
    private readonly TrustPolicy _trust;
    private readonly TimeProvider _time;

    internal SignInService(
        AccountTransaction transaction, CodeVerifier verifier, SignInPolicy policy, PolicyResolver policies, TrustPolicy trust, TimeProvider time) =>
        (_transaction, _verifier, _policy, _policies, _trust, _time) = (transaction, verifier, policy, policies, trust, time);

    /// <summary>Call it once the first factor has passed; it says whether a code is asked for.</summary>
    /// <exception cref="ArgumentException">The request names nobody.</exception>
    public ValueTask<BeginSignInResult> BeginAsync(SignInRequest request, CancellationToken cancellationToken = default) =>
        BeginAtHomeAsync(request, cancellationToken).OrRefusedAsync(static reason => new BeginSignInResult.RegionRefused(reason));

    private async ValueTask<BeginSignInResult> BeginAtHomeAsync(
        SignInRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.UserId.ThrowIfDefault(nameof(request));
        ArgumentNullException.ThrowIfNull(request.Method, nameof(request));
        var now = _time.GetUtcNow();
        var tokens = new SignInTokens(request.UserId, request.TrustedDevice);
        var memberships = await _policies.ResolveAsync(request.UserId, cancellationToken).ConfigureAwait(false);
        var policies = PoliciesFor(memberships);
        return await _transaction.RunAsync(
            request.UserId,
            (request, memberships, tokens, policies, now),
            static (account, s) =>
            {
                var enforcement = EnforcementDecider.Decide(account, s.memberships, s.request.ToEnforcement(), s.now);
                return ValueTask.FromResult(BeginDecider.Decide(account, s.request, enforcement, s.tokens, s.policies, s.now));
            },
            BeginContended,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Verifies a code for a sign-in that <see cref="BeginAsync"/> began.</summary>
    /// <param name="challenge">The token it returned.</param>
    /// <param name="factor">What kind of code it is.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="trust">Set when the user wants this device to be trusted; where policy allows none it changes nothing.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has accepted nothing unless the write had been sent.</param>
    public ValueTask<VerifySignInResult> VerifyAsync(
        ChallengeToken challenge, MfaFactorType factor, string code, TrustRequest? trust = null, CancellationToken cancellationToken = default) =>
        VerifyAtHomeAsync(challenge, factor, code, trust, cancellationToken).OrRefusedAsync(static reason => new VerifySignInResult.Refused(new CodeRefusal.RegionRefused(reason)));

    private async ValueTask<VerifySignInResult> VerifyAtHomeAsync(
        ChallengeToken challenge, MfaFactorType factor, string code, TrustRequest? trust, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        var submitted = Submitted(factor, code, CodePurpose.SignIn);
        var now = _time.GetUtcNow();
        var policies = PoliciesFor(await _policies.ResolveAsync(challenge.UserId, cancellationToken).ConfigureAwait(false));
        var device = NewTrust.For(trust, challenge.UserId, policies.Trust);
        return await _transaction.RunAsync(
            challenge.UserId,
            (verifier: _verifier, challenge, submitted, policies.Lockout, device, now, cancellationToken),
            static async (account, s) =>
            {
                if (s.challenge.FindIn(account, forEnrollment: false, s.now) is not { } open || account.Active is not { } active) return Void();
                if (open.IsVoid && CodeDecider.Precheck(account, s.now) is null) return Void();
                var verdict = await s.verifier.VerifyAsync(account, active, s.submitted, open, s.Lockout, s.now, s.cancellationToken).ConfigureAwait(false);
                return SignInDecider.Complete(account, active, open, verdict, s.device, s.now);
            },
            VerifyContended,
            cancellationToken,
            recall: true).ConfigureAwait(false);

        static Decision<VerifySignInResult> Void() => Decision<VerifySignInResult>.Reply(new VerifySignInResult.ChallengeVoid());
    }

    /// <summary>
    /// Completes a sign-in that was answered with <see cref="BeginSignInResult.EnrollmentRequired"/>, once the authenticator is set up.
    /// </summary>
    /// <param name="challenge">The token from <see cref="BeginAsync"/>.</param>
    /// <param name="proof">The proof that the confirmation of the set-up returned.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<VerifySignInResult> CompleteEnrollmentAsync(ChallengeToken challenge, Proof proof, CancellationToken cancellationToken = default) =>
        CompleteEnrollmentAtHomeAsync(challenge, proof, cancellationToken).OrRefusedAsync(static reason => new VerifySignInResult.Refused(new CodeRefusal.RegionRefused(reason)));

    private ValueTask<VerifySignInResult> CompleteEnrollmentAtHomeAsync(
        ChallengeToken challenge, Proof proof, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentNullException.ThrowIfNull(proof);
        var now = _time.GetUtcNow();
        return _transaction.RunAsync<VerifySignInResult>(
            challenge.UserId,
            account => ValueTask.FromResult(SignInDecider.CompleteEnrollment(
                account, challenge.FindIn(account, forEnrollment: true, now), proof, _policy.ChallengeLifetime, now)),
            VerifyContended,
            cancellationToken);
    }

    /// <summary>Verifies a code inside a session, for a fresh proof. It charges the same budget as a sign-in.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="factor">What kind of code it is.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="cancellationToken">Cancels; a cancelled call has accepted nothing unless the write had been sent.</param>
    public ValueTask<StepUpResult> StepUpAsync(UserId userId, MfaFactorType factor, string code, CancellationToken cancellationToken = default) =>
        StepUpAtHomeAsync(userId, factor, code, cancellationToken).OrRefusedAsync(static reason => new StepUpResult.Refused(new CodeRefusal.RegionRefused(reason)));

    private async ValueTask<StepUpResult> StepUpAtHomeAsync(
        UserId userId, MfaFactorType factor, string code, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        var submitted = Submitted(factor, code, CodePurpose.StepUp);
        var now = _time.GetUtcNow();
        var lockout = await LockoutOfAsync(userId, cancellationToken).ConfigureAwait(false);
        return await _transaction.RunAsync<StepUpResult>(
            userId,
            async account =>
            {
                if (account.Active is not { } active) return Decision<StepUpResult>.Reply(new StepUpResult.NotEnrolled());
                var verdict = await _verifier.VerifyAsync(account, active, submitted, null, lockout, now, cancellationToken).ConfigureAwait(false);
                return SignInDecider.StepUp(account, active, verdict, now);
            },
            new StepUpResult.Refused(new CodeRefusal.Contended()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What policy would like of a session that exists. It changes nothing and ends nothing.</summary>
    /// <param name="request">Who is signed in, and how that was done.</param>
    /// <param name="proof">The proof of the session; null when it has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<SessionCheck> CheckSessionAsync(SignInRequest request, Proof? proof, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.UserId.ThrowIfDefault(nameof(request));
        var now = _time.GetUtcNow();
        var policies = await _policies.ResolveAsync(request.UserId, cancellationToken).ConfigureAwait(false);
        var account = await _transaction.ReadAsync(request.UserId, cancellationToken).ConfigureAwait(false);
        var decision = EnforcementDecider.Decide(account, policies, request.ToEnforcement(), now);
        var refusal = ProofCheck.Examine(account, proof, TimeSpan.MaxValue, now);
        // A trusted device satisfies the sign-in, and its session with it, for as long as policy trusts devices.
        var proved = refusal is null || refusal == ProofRefusal.NotARealFactor && PoliciesFor(policies).Trust.Covers(proof!.ProvedAt, now);
        return new SessionCheck(decision.Outcome, decision.Explanation, decision.Outcome is EnforcementOutcome.RequireChallenge && !proved);
    }

    /// <summary>Counts a wrong password. Report only for users who exist: an account is stored for whoever is named.</summary>
    public ValueTask<PasswordFailureResult> ReportPasswordFailureAsync(UserId userId, CancellationToken cancellationToken = default) =>
        ReportPasswordFailureAtHomeAsync(userId, cancellationToken).OrRefusedAsync(static reason => new PasswordFailureResult.RegionRefused(reason));

    private async ValueTask<PasswordFailureResult> ReportPasswordFailureAtHomeAsync(
        UserId userId, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        var lockout = await LockoutOfAsync(userId, cancellationToken).ConfigureAwait(false);
        return await _transaction.RunAsync<PasswordFailureResult>(
            userId,
            account => ValueTask.FromResult(SignInDecider.PasswordFailed(account, lockout, now)),
            new PasswordFailureResult.Contended(),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Tells that the password was changed: sign-ins that wait for a code, a set-up that is not confirmed, and trusted devices are void.
    /// </summary>
    /// <returns>False when other requests won every write; call again.</returns>
    public ValueTask<bool> ReportPasswordChangedAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        return _transaction.RunAsync(
            userId, _ => ValueTask.FromResult(Decision<bool>.Make(true, [new PasswordChanged(now)])), false, cancellationToken);
    }

    private SignInPolicies PoliciesFor(ImmutableArray<MemberPolicy> memberships) =>
        new(_policies.LockoutFor(memberships), TrustPolicy.For(memberships, _trust), _policy.ChallengeLifetime);

    private async ValueTask<LockoutPolicy> LockoutOfAsync(UserId userId, CancellationToken cancellationToken) =>
        _policies.LockoutFor(await _policies.ResolveAsync(userId, cancellationToken).ConfigureAwait(false));

    private static SubmittedCode Submitted(MfaFactorType factor, string code, CodePurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!Enum.IsDefined(factor)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "Use Totp or BackupCode.");
        return new SubmittedCode(factor, code, purpose);
    }
}
