using System.Security.Cryptography;
using TwoFactor.Accounts;
using TwoFactor.Lockout;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.SignIn;

/// <summary>The decisions of a sign-in. Pure.</summary>
internal static class SignInDecider
{
    /// <summary>After the first factor.</summary>
    public static Decision<BeginSignInResult> Begin(
        Account account, SignInMethod method, ChallengeToken token, SignInPolicy policy, LockoutPolicy lockout, DateTimeOffset now)
    {
        if (!SignInPolicy.IsCovered(method)) return Allow(account, method, now);
        if (account.Attempts.LockAt(now) is { } l) return Decision<BeginSignInResult>.Reply(new BeginSignInResult.LockedOut(l));
        if (account.Active is null) return Allow(account, method, now);

        var challenge = new Challenge
        {
            TokenHash = token.Hash,
            Method = method,
            Epoch = account.Epoch,
            IssuedAt = now,
            ExpiresAt = now + policy.ChallengeLifetime,
        };
        // A lock that has run out while failures still fill a rolling cap leaves one attempt: the next wrong code locks again.
        var left = Math.Clamp(LockoutDecider.CodeAttemptsLeft(account.Attempts, lockout, now), 1, lockout.ChallengeAttempts);
        var result = new BeginSignInResult.ChallengeRequired(token, challenge.ExpiresAt, left, account.BackupCodes is { Remaining: > 0 });
        return Decision<BeginSignInResult>.Make(result, [new ChallengeIssued(now, challenge)]);
    }

    /// <summary>The challenge that a token names; null when there is none that could be answered or explained.</summary>
    public static Challenge? Find(Account account, ChallengeToken token, DateTimeOffset now)
    {
        var hash = token.Hash;
        return account.Challenges.FirstOrDefault(c => CryptographicOperations.FixedTimeEquals(c.TokenHash.AsSpan(), hash.AsSpan())
            && c.Epoch == account.Epoch && now < c.ExpiresAt);
    }

    /// <summary>After a code was judged.</summary>
    public static Decision<VerifySignInResult> Complete(Account account, ActiveEnrollment active, Challenge challenge, CodeVerdict verdict, DateTimeOffset now)
    {
        if (verdict is not CodeVerdict.Accepted accepted)
        {
            var refused = (CodeVerdict.Refused)verdict;
            return Decision<VerifySignInResult>.Make(new VerifySignInResult.Refused(refused.Refusal), refused.Events);
        }

        var proof = ProofOf(account, active, accepted.Use, challenge.Method, now);
        var result = new VerifySignInResult.SignedIn(proof, CodesLeft(account, accepted.Use), accepted.Use is TotpUse totp ? totp.Offset : 0);
        return Decision<VerifySignInResult>.Make(
            result, accepted.Events.Add(new SignInSucceeded(now, challenge.Method, accepted.Use, challenge.TokenHash)));
    }

    /// <summary>After a code given inside a session was judged.</summary>
    public static Decision<StepUpResult> StepUp(Account account, ActiveEnrollment active, CodeVerdict verdict, DateTimeOffset now)
    {
        if (verdict is not CodeVerdict.Accepted accepted)
        {
            var refused = (CodeVerdict.Refused)verdict;
            return Decision<StepUpResult>.Make(new StepUpResult.Refused(refused.Refusal), refused.Events);
        }

        var result = new StepUpResult.Proved(ProofOf(account, active, accepted.Use, null, now), CodesLeft(account, accepted.Use));
        return Decision<StepUpResult>.Make(result, accepted.Events.Add(new StepUpSucceeded(now, accepted.Use)));
    }

    /// <summary>After a wrong password was reported.</summary>
    public static Decision<PasswordFailureResult> PasswordFailed(Account account, LockoutPolicy lockout, DateTimeOffset now)
    {
        if (account.Attempts.LockAt(now) is { } l) return Decision<PasswordFailureResult>.Reply(new PasswordFailureResult.LockedOut(l));
        var rejected = new PasswordRejected(now);
        var attempts = AccountEvolution.Evolve(account, rejected).Attempts;
        if (LockoutDecider.AfterPasswordFailure(attempts, lockout, now) is { } imposed)
            return Decision<PasswordFailureResult>.Make(new PasswordFailureResult.LockedOut(imposed), [rejected, new PasswordLocked(now, imposed)]);
        return Decision<PasswordFailureResult>.Make(new PasswordFailureResult.Counted(lockout.PasswordFailures - attempts.PasswordFailures), [rejected]);
    }

    private static Decision<BeginSignInResult> Allow(Account account, SignInMethod method, DateTimeOffset now) =>
        Decision<BeginSignInResult>.Make(new BeginSignInResult.Allowed(account.Epoch), [new SignInSucceeded(now, method, null, [])]);

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
