namespace TwoFactor.Lockout;

/// <summary>
/// What a lockout policy allows somebody who knows the password but not the seed: the chance of at least one successful guess. Guesses are
/// independent, so it is <c>1 - (1 - p)^n</c> with <c>p</c> = acceptable codes / 10^digits (NIST SP 800-63B, 3.2.2, limits such guesses).
/// </summary>
public static class GuessProbability
{
    /// <summary>The chance within one day.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="digits">Digits of a code, 6 to 8.</param>
    /// <param name="acceptedSteps">Steps of the window, past and future and the current one: 1 to 21.</param>
    public static double PerDay(LockoutPolicy policy, int digits, int acceptedSteps) => Chance(GuessesIn(policy, TimeSpan.FromDays(1)), digits, acceptedSteps);

    /// <summary>The chance within a year of 365 days.</summary>
    /// <inheritdoc cref="PerDay"/>
    public static double PerYear(LockoutPolicy policy, int digits, int acceptedSteps) => Chance(GuessesIn(policy, TimeSpan.FromDays(365)), digits, acceptedSteps);

    /// <summary>
    /// The most guesses that the rolling caps and the hard limit let through in <paramref name="time"/>, whoever clears the other tiers.
    /// Without a rolling cap the account tier alone bounds the rate; a lock that only an administrator ends bounds none, because the user's
    /// own sign-ins clear the count before it is reached.
    /// </summary>
    public static double GuessesIn(LockoutPolicy policy, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var guesses = policy.CodeRelease is LockReleasePolicy.After after
            // Between the user's own sign-ins the lock's growth starts anew, so the first duration bounds the rate.
            ? policy.CodeFailures * (time / after.Duration + 1)
            : double.PositiveInfinity;
        foreach (var cap in policy.RollingCaps) guesses = Math.Min(guesses, cap.Limit * Math.Ceiling(time / cap.Window));
        return guesses;
    }

    private static double Chance(double guesses, int digits, int acceptedSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(acceptedSteps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(acceptedSteps, 21);
        return 1 - Math.Pow(1 - acceptedSteps / Math.Pow(10, digits), guesses);
    }
}
