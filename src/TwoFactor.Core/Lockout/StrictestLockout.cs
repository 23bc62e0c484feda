namespace TwoFactor.Lockout;

/// <summary>Combines the policies of several organisations: of each limit the strictest value.</summary>
public static class StrictestLockout
{
    /// <summary>A policy that allows nothing which one of the two forbids.</summary>
    public static LockoutPolicy Combine(LockoutPolicy a, LockoutPolicy b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new LockoutPolicy
        {
            ChallengeAttempts = Math.Min(a.ChallengeAttempts, b.ChallengeAttempts),
            CodeFailures = Math.Min(a.CodeFailures, b.CodeFailures),
            CodeRelease = Stricter(a.CodeRelease, b.CodeRelease),
            RollingCaps = [.. a.RollingCaps.Concat(b.RollingCaps).GroupBy(cap => cap.Window).Select(caps => caps.MinBy(cap => cap.Limit)!).OrderBy(cap => cap.Window)],
            HardLimit = Math.Min(a.HardLimit, b.HardLimit),
            PasswordFailures = Math.Min(a.PasswordFailures, b.PasswordFailures),
            PasswordRelease = Stricter(a.PasswordRelease, b.PasswordRelease),
        };
    }

    private static LockReleasePolicy Stricter(LockReleasePolicy a, LockReleasePolicy b) => (a, b) switch
    {
        (LockReleasePolicy.After x, LockReleasePolicy.After y) =>
            new LockReleasePolicy.After(Longer(x.Duration, y.Duration), Math.Max(x.Factor, y.Factor), Longer(x.Max, y.Max)),
        _ => new LockReleasePolicy.AdminOnly(),
    };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
