using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Lockout;

namespace TwoFactor.Verification;

/// <summary>The one budget: judges evidence about a code for every purpose. Pure.</summary>
internal static class CodeDecider
{
    /// <summary>What refuses before a code is even looked at; null when there is nothing.</summary>
    public static CodeRefusal? Precheck(Account account, DateTimeOffset now) =>
        account.Attempts.LockAt(now) is { } l ? new CodeRefusal.LockedOut(l) : null;

    /// <param name="account">The state, which has passed <see cref="Precheck"/>.</param>
    /// <param name="evidence">What cryptography said.</param>
    /// <param name="factor">What kind of code it claimed to be.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="challenge">The challenge it answers; null outside sign-in.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time of the operation.</param>
    public static CodeVerdict Decide(
        Account account, CodeEvidence evidence, MfaFactorType factor, CodePurpose purpose, Challenge? challenge, LockoutPolicy policy, DateTimeOffset now) =>
        evidence switch
        {
            CodeEvidence.Match match => CodeVerdict.Accepted(
                match.Use, match.Rewrapped.IsDefault ? [] : [new SecretRewrapped(now, match.Rewrapped)]),
            CodeEvidence.Mismatch mismatch => Charge(account, mismatch, factor, purpose, challenge, policy, now),
            CodeEvidence.Replay replay => CodeVerdict.Refused(new CodeRefusal.Replayed(), [new CodeReplayed(now, purpose, replay.Step)]),
            CodeEvidence.ClockMovedBack => Free(new CodeRefusal.ClockMovedBack()),
            CodeEvidence.Busy => Free(new CodeRefusal.Busy()),
            CodeEvidence.Malformed => Free(new CodeRefusal.Malformed()),
            _ => Free(new CodeRefusal.Unavailable()),
        };

    private static CodeVerdict Free(CodeRefusal refusal) => CodeVerdict.Refused(refusal, []);

    private static CodeVerdict Charge(
        Account account, CodeEvidence.Mismatch mismatch, MfaFactorType factor, CodePurpose purpose, Challenge? challenge, LockoutPolicy policy, DateTimeOffset now)
    {
        var hash = challenge?.TokenHash ?? [];
        var events = ImmutableArray.Create<AccountEvent>(new CodeRejected(now, purpose, factor, hash, mismatch.BurnedStep));
        var attempts = AccountEvolution.Evolve(account, events).Attempts;
        var challengeLeft = challenge is null ? int.MaxValue : policy.ChallengeAttempts - challenge.Failures - 1;
        var imposed = LockoutDecider.AfterCodeFailure(attempts, policy, now);

        if (challenge is not null && (imposed is not null || challengeLeft <= 0)) events = events.Add(new SignInFailed(now, challenge.Method, factor, hash));
        if (imposed is not null) return CodeVerdict.Refused(new CodeRefusal.LockedOut(imposed), events.Add(new CodesLocked(now, imposed)));
        if (challengeLeft <= 0) return CodeVerdict.Refused(new CodeRefusal.StartOver(), events);
        var left = Math.Min(challengeLeft, LockoutDecider.CodeAttemptsLeft(attempts, policy, now));
        return CodeVerdict.Refused(new CodeRefusal.Wrong(left, mismatch.Hint), events);
    }
}
