using TwoFactor.Accounts;

namespace TwoFactor.Lockout;

/// <summary>Whether the failures of an account call for a lock. Pure.</summary>
public static class LockoutDecider
{
    /// <summary>
    /// The lock that <paramref name="attempts"/>, in which the failure at <paramref name="now"/> is counted already, calls for; null when
    /// there is still an attempt left. Of several the one that is hardest to end.
    /// </summary>
    public static AccountLock? AfterCodeFailure(AttemptLedger attempts, LockoutPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentNullException.ThrowIfNull(policy);
        if (attempts.ConsecutiveFailures >= policy.HardLimit) return new AccountLock(LockReason.HardLimit, LockRelease.ByReset, now, null);
        AccountLock? result = null;
        if (attempts.RoundFailures >= policy.CodeFailures) result = Lock(LockReason.CodeFailures, policy.CodeRelease, attempts.LockLevel, now);
        foreach (var cap in policy.RollingCaps)
        {
            if (EndOf(cap, attempts, now) is not { } until) continue;
            var capLock = new AccountLock(LockReason.RollingCap, LockRelease.AtTime, now, until);
            result = result is null ? capLock : AccountLock.Stricter(result, capLock);
        }

        return result;
    }

    /// <summary>The lock that wrong passwords call for, the one at <paramref name="now"/> counted already; null when there is none.</summary>
    public static AccountLock? AfterPasswordFailure(AttemptLedger attempts, LockoutPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentNullException.ThrowIfNull(policy);
        return attempts.PasswordFailures >= policy.PasswordFailures
            ? Lock(LockReason.PasswordFailures, policy.PasswordRelease, attempts.PasswordLockLevel, now)
            : null;
    }

    /// <summary>How many wrong codes are left before a lock, at least 0; the challenge's own limit is not in it.</summary>
    public static int CodeAttemptsLeft(AttemptLedger attempts, LockoutPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentNullException.ThrowIfNull(policy);
        var left = Math.Min(policy.CodeFailures - attempts.RoundFailures, policy.HardLimit - attempts.ConsecutiveFailures);
        foreach (var cap in policy.RollingCaps) left = Math.Min(left, cap.Limit - CountAfter(attempts, now - cap.Window));
        return Math.Max(left, 0);
    }

    private static int CountAfter(AttemptLedger attempts, DateTimeOffset start)
    {
        var count = 0;
        foreach (var at in attempts.RecentFailures)
        {
            if (at > start) count++;
        }

        return count;
    }

    /// <summary>When enough failures have left the window that one more attempt fits; null when the cap is not reached.</summary>
    private static DateTimeOffset? EndOf(RollingCap cap, AttemptLedger attempts, DateTimeOffset now)
    {
        // A failure in the future (the clock moved back) is within every window.
        var counted = attempts.RecentFailures.RemoveAll(at => at <= now - cap.Window).Sort();
        return counted.Length >= cap.Limit ? counted[^cap.Limit] + cap.Window : null;
    }

    private static AccountLock Lock(LockReason reason, LockReleasePolicy release, int level, DateTimeOffset now) => release switch
    {
        LockReleasePolicy.After after => new AccountLock(reason, LockRelease.AtTime, now, now + after.DurationAt(level)),
        _ => new AccountLock(reason, LockRelease.ByAdministrator, now, null),
    };
}
