namespace TwoFactor.Otp;

public static partial class Hotp
{
    /// <summary>The furthest <see cref="Verify"/> looks ahead. Every counter more makes guessing easier (RFC 4226, section 7.4).</summary>
    public const int MaxLookAhead = 100;

    /// <summary>The furthest <see cref="Resynchronize"/> looks ahead; two codes in a row justify more than one code does.</summary>
    public const int MaxResynchronizationLookAhead = 1_000;

    /// <summary>
    /// Verifies a code against the stored counter and those after it, never before. All candidates are computed whatever matches, and
    /// compared in fixed time. Among several matches the furthest wins: the nearer would leave the same code valid a second time.
    /// </summary>
    /// <param name="key">The secret's bytes, at least one.</param>
    /// <param name="code">What the user typed, see <see cref="OtpCode.TryNormalize"/>: any text of any length.</param>
    /// <param name="counter">The next counter expected: 0 or more, below <see cref="long.MaxValue"/>.</param>
    /// <param name="lookAhead">How many counters after <paramref name="counter"/> are tried too, 0 to 100 inclusive (s in RFC 4226, section
    /// 7.4).</param>
    /// <param name="digits">Digits of the code, 6 to 8 inclusive.</param>
    /// <param name="algorithm">The hash.</param>
    /// <param name="engine">Who computes the HMACs.</param>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static HotpVerification Verify(
        ReadOnlySpan<byte> key, ReadOnlySpan<char> code, long counter, int lookAhead = 0,
        int digits = 6, OtpAlgorithm algorithm = OtpAlgorithm.Sha1, HmacEngine engine = HmacEngine.Platform)
    {
        CheckArguments(key, counter, digits, algorithm, engine);
        ArgumentOutOfRangeException.ThrowIfEqual(counter, long.MaxValue);
        CheckLookAhead(lookAhead, MaxLookAhead);
        if (!OtpCode.TryParse(code, digits, out var value)) return new(HotpOutcome.Malformed, counter);

        var furthest = counter + Reach(counter, lookAhead, last: long.MaxValue - 1);
        var matched = CodeSearch.Newest(engine, algorithm, key, digits, value, counter, furthest);
        return matched is { } found ? new(HotpOutcome.Valid, found + 1) : new(HotpOutcome.Mismatch, counter);
    }

    /// <summary>
    /// Finds a device that ran far ahead by two codes in a row (RFC 4226, section 7.4 and appendix E.4). Forward only. The counter to store
    /// lies behind both codes.
    /// </summary>
    /// <param name="key">The secret's bytes, at least one.</param>
    /// <param name="firstCode">The earlier code: any text of any length.</param>
    /// <param name="secondCode">The code right after it: any text of any length.</param>
    /// <param name="counter">The next counter expected: 0 or more, at most <see cref="long.MaxValue"/> - 2.</param>
    /// <param name="lookAhead">How many counters after <paramref name="counter"/> the first code is tried at too, 0 to 1,000
    /// inclusive.</param>
    /// <param name="digits">Digits of the codes, 6 to 8 inclusive.</param>
    /// <param name="algorithm">The hash.</param>
    /// <param name="engine">Who computes the HMACs.</param>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static HotpVerification Resynchronize(
        ReadOnlySpan<byte> key, ReadOnlySpan<char> firstCode, ReadOnlySpan<char> secondCode, long counter, int lookAhead,
        int digits = 6, OtpAlgorithm algorithm = OtpAlgorithm.Sha1, HmacEngine engine = HmacEngine.Platform)
    {
        CheckArguments(key, counter, digits, algorithm, engine);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counter, long.MaxValue - 2);
        CheckLookAhead(lookAhead, MaxResynchronizationLookAhead);
        if (!OtpCode.TryParse(firstCode, digits, out var first) || !OtpCode.TryParse(secondCode, digits, out var second))
            return new(HotpOutcome.Malformed, counter);

        var furthest = counter + Reach(counter, lookAhead, last: long.MaxValue - 2);
        var matched = CodeSearch.NewestPair(engine, algorithm, key, digits, first, second, counter, furthest);
        return matched is { } found ? new(HotpOutcome.Valid, found + 2) : new(HotpOutcome.Mismatch, counter);
    }

    /// <summary>The look-ahead, cut so that no candidate lies beyond <paramref name="last"/> and no sum wraps.</summary>
    private static long Reach(long counter, int lookAhead, long last) => Math.Min(lookAhead, last - counter);

    private static void CheckLookAhead(int lookAhead, int max)
    {
        if (lookAhead < 0 || lookAhead > max)
            throw new ArgumentOutOfRangeException(nameof(lookAhead), lookAhead, $"The look-ahead is 0 to {max} counters.");
    }
}
