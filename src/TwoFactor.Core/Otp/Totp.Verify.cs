namespace TwoFactor.Otp;

public static partial class Totp
{
    /// <summary>The most steps one <see cref="FindMatchingStep"/> searches.</summary>
    public const int MaxSearchedSteps = 10_000;

    /// <summary>
    /// Verifies a code against every step of the window. All candidates are computed whatever matches, and compared in fixed time. Among
    /// several matches the newest wins, so that a code that happens to belong to two steps is spent for both.
    /// </summary>
    /// <param name="key">The secret's bytes, at least one.</param>
    /// <param name="code">What the user typed, see <see cref="OtpCode.TryNormalize"/>: any text of any length.</param>
    /// <param name="now">The time, at or after T0.</param>
    /// <param name="parameters">Algorithm, digits, period and T0 of the enrolment.</param>
    /// <param name="window">The steps tried around the current one. Steps below 0 are skipped.</param>
    /// <param name="lastAcceptedStep">
    /// The <see cref="TotpVerification.MatchedStep"/> of the last success: a match at or before it is <see cref="TotpOutcome.Replayed"/>.
    /// Null when none was accepted yet.
    /// </param>
    /// <param name="engine">Who computes the HMACs.</param>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> lies before T0, or the engine is none.</exception>
    public static TotpVerification Verify(
        ReadOnlySpan<byte> key, ReadOnlySpan<char> code, DateTimeOffset now, TotpParameters parameters, TotpWindow window,
        long? lastAcceptedStep = null, HmacEngine engine = HmacEngine.Platform)
    {
        OtpGuard.Key(key, nameof(key));
        OtpGuard.Engine(engine, nameof(engine));
        var current = StepAt(now, parameters);
        if (!OtpCode.TryParse(code, parameters.Digits, out var value)) return new(TotpOutcome.Malformed, current, 0);

        // A step derived from a DateTimeOffset is below 2^38: adding the window cannot wrap.
        var newest = NewestMatch(key, value, Math.Max(0, current - window.Past), current + window.Future, parameters, engine);
        if (newest is not { } matched) return new(TotpOutcome.Mismatch, current, 0);
        return new(matched > (lastAcceptedStep ?? -1) ? TotpOutcome.Valid : TotpOutcome.Replayed, current, matched);
    }

    /// <summary>
    /// The newest step of a range that has the code, or null. For a hint such as "check your device's clock", never for access. All
    /// candidates are computed whatever matches.
    /// </summary>
    /// <param name="key">The secret's bytes, at least one.</param>
    /// <param name="code">What the user typed: any text of any length. A malformed code matches nothing.</param>
    /// <param name="fromStep">The first step tried. Steps below 0 are skipped.</param>
    /// <param name="toStep">The last step tried, inclusive: at least <paramref name="fromStep"/>.</param>
    /// <param name="parameters">Algorithm and digits of the enrolment.</param>
    /// <param name="engine">Who computes the HMACs.</param>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is reversed or has more than <see cref="MaxSearchedSteps"/>
    /// steps, or the engine is none.</exception>
    public static long? FindMatchingStep(
        ReadOnlySpan<byte> key, ReadOnlySpan<char> code, long fromStep, long toStep, TotpParameters parameters,
        HmacEngine engine = HmacEngine.Platform)
    {
        OtpGuard.Key(key, nameof(key));
        OtpGuard.Engine(engine, nameof(engine));
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(toStep, fromStep);
        fromStep = Math.Max(0, fromStep);
        if (toStep < 0) return null;
        if (toStep - fromStep >= MaxSearchedSteps)
            throw new ArgumentOutOfRangeException(nameof(toStep), toStep, $"At most {MaxSearchedSteps} steps are searched at once.");
        if (!OtpCode.TryParse(code, parameters.Digits, out var value)) return null;
        return NewestMatch(key, value, fromStep, toStep, parameters, engine);
    }

    private static long? NewestMatch(ReadOnlySpan<byte> key, int value, long from, long to, TotpParameters parameters, HmacEngine engine) =>
        CodeSearch.Newest(engine, parameters.Algorithm, key, parameters.Digits, value, from, to);
}
