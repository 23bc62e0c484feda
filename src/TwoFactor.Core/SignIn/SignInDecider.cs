using TwoFactor.Accounts;
using TwoFactor.Lockout;
using TwoFactor.Storage;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor.SignIn;

/// <summary>The decisions of a sign-in. Pure.</summary>
internal static class SignInDecider
{
    /// <summary>After a code was judged.</summary>
    /// <param name="account">The state.</param>
    /// <param name="active">The authenticator.</param>
    /// <param name="challenge">The sign-in.</param>
    /// <param name="verdict">The judgement on the code.</param>
    /// <param name="trust">The device to trust if it was accepted; null for none.</param>
    /// <param name="now">The time of the operation.</param>
    public static Decision<VerifySignInResult> Complete(
        Account account, ActiveEnrollment active, Challenge challenge, CodeVerdict verdict, NewTrust? trust, DateTimeOffset now)
    {
        if (verdict.Use is not { } use) return Decision<VerifySignInResult>.Make(new VerifySignInResult.Refused(verdict.Refusal), verdict.Events);

        var proof = ProofOf(account, active, use, challenge.Method, now);
        var result = new VerifySignInResult.SignedIn(proof, CodesLeft(account, use), use is TotpUse totp ? totp.Offset : 0);
        var events = verdict.Events.Add(new SignInSucceeded(now, challenge.Method, use, challenge.TokenHash));
        if (trust?.DeviceFor(proof) is not { } device) return Decision<VerifySignInResult>.Make(result, events);
        return Decision<VerifySignInResult>.Make(result with { Device = new TrustedDeviceGrant(trust.Token, device.ExpiresAt) }, events.Add(new DeviceTrusted(now, device)));
    }

    /// <summary>After the set-up that a sign-in waited for: its first code was the second factor.</summary>
    public static Decision<VerifySignInResult> CompleteEnrollment(
        Account account, Challenge? challenge, Proof proof, TimeSpan maxAge, DateTimeOffset now)
    {
        if (challenge is null || challenge.IsVoid || account.Attempts.LockAt(now) is not null) return Void();
        // Only the proof of this set-up counts, made after the first factor had passed.
        var genuine = proof is { Factor: MfaFactorType.Totp, Method: null } && proof.ProvedAt >= challenge.IssuedAt
            && ProofCheck.Examine(account, proof, maxAge, now) is null;
        if (!genuine || account.Active is not { } active || active.ConfirmedAt != proof.ProvedAt) return Void();
        var use = new TotpUse(active.LastAcceptedStep, 0);
        var result = new VerifySignInResult.SignedIn(proof with { Method = challenge.Method }, account.BackupCodes?.Remaining ?? 0, 0);
        return Decision<VerifySignInResult>.Make(result, [new SignInSucceeded(now, challenge.Method, use, challenge.TokenHash)]);

        static Decision<VerifySignInResult> Void() => Decision<VerifySignInResult>.Reply(new VerifySignInResult.ChallengeVoid());
    }

    /// <summary>After a code given inside a session was judged.</summary>
    public static Decision<StepUpResult> StepUp(Account account, ActiveEnrollment active, CodeVerdict verdict, DateTimeOffset now)
    {
        if (verdict.Use is not { } use) return Decision<StepUpResult>.Make(new StepUpResult.Refused(verdict.Refusal), verdict.Events);

        var result = new StepUpResult.Proved(ProofOf(account, active, use, null, now), CodesLeft(account, use));
        return Decision<StepUpResult>.Make(result, verdict.Events.Add(new StepUpSucceeded(now, use)));
    }

    /// <summary>After a wrong password was reported.</summary>
    public static Decision<PasswordFailureResult> PasswordFailed(Account account, LockoutPolicy lockout, DateTimeOffset now)
    {
        // A lock for codes does not stop the count: as long as it lasts, passwords could be guessed without end.
        if (account.Attempts.PasswordLockAt(now) is { } l) return Decision<PasswordFailureResult>.Reply(new PasswordFailureResult.LockedOut(l));
        var rejected = new PasswordRejected(now);
        var attempts = AccountEvolution.Evolve(account, rejected).Attempts;
        if (LockoutDecider.AfterPasswordFailure(attempts, lockout, now) is { } imposed)
            return Decision<PasswordFailureResult>.Make(new PasswordFailureResult.LockedOut(imposed), [rejected, new PasswordLocked(now, imposed)]);
        return Decision<PasswordFailureResult>.Make(new PasswordFailureResult.Counted(lockout.PasswordFailures - attempts.PasswordFailures), [rejected]);
    }

    private static int CodesLeft(Account account, FactorUse use) => (account.BackupCodes?.Remaining ?? 0) - (use is BackupCodeUse ? 1 : 0);

    private static Proof ProofOf(Account account, ActiveEnrollment active, FactorUse use, SignInMethod? method, DateTimeOffset now) => new()
    {
        UserId = account.UserId,
        Factor = use.Factor,
        EnrollmentId = active.Id,
        Epoch = account.Epoch,
        ProvedAt = now,
        Method = method,
    };
}
