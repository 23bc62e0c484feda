namespace TwoFactor.Otp;

public static partial class Totp
{
    /// <summary>The step at a time: floor((Unix seconds - T0) / period), 64-bit (RFC 6238, section 4.2).</summary>
    /// <param name="now">The time, at or after T0.</param>
    /// <param name="parameters">Period and T0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> lies before T0, where there are no steps.</exception>
    public static long StepAt(DateTimeOffset now, TotpParameters parameters) => TryGetStep(now, parameters, out var step) ? step
        : throw BeforeT0(now, parameters);

    /// <summary>The step at a time, or false when the time lies before T0.</summary>
    /// <inheritdoc cref="StepAt"/>
    /// <param name="now">Any time.</param>
    /// <param name="parameters">Period and T0.</param>
    /// <param name="step">The step, 0 or more; 0 when there is none.</param>
    public static bool TryGetStep(DateTimeOffset now, TotpParameters parameters, out long step)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var seconds = now.ToUnixTimeSeconds();
        step = 0;
        // Compared before subtracting: with both at least 0 the difference cannot wrap.
        if (seconds < parameters.T0) return false;
        step = (seconds - parameters.T0) / parameters.PeriodSeconds;
        return true;
    }

    /// <summary>The time when a step begins, in UTC.</summary>
    /// <param name="step">The step, 0 or more.</param>
    /// <param name="parameters">Period and T0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative or begins after the year 9999.</exception>
    public static DateTimeOffset StartOf(long step, TotpParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var seconds = (Int128)step * parameters.PeriodSeconds + parameters.T0;
        return seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw new ArgumentOutOfRangeException(nameof(step), step, "The step begins after the year 9999.");
    }

    /// <summary>How long the code of the current step stays current: more than zero, at most the period, exact to the tick.</summary>
    /// <param name="now">The time, at or after T0.</param>
    /// <param name="parameters">Period and T0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> lies before T0.</exception>
    public static TimeSpan RemainingAt(DateTimeOffset now, TotpParameters parameters)
    {
        var step = StepAt(now, parameters);
        // Not StartOf(step + 1): the last step before the end of the year 9999 has no next one.
        return TimeSpan.FromSeconds(parameters.PeriodSeconds) - (now - StartOf(step, parameters));
    }

    // Apart from StepAt, which each verification begins with and which is compiled into its caller.
    private static ArgumentOutOfRangeException BeforeT0(DateTimeOffset now, TotpParameters parameters) =>
        new(nameof(now), now, $"Steps begin at Unix time {parameters.T0}: check the clock.");
}
