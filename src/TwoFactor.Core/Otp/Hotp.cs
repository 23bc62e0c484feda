namespace TwoFactor.Otp;

/// <summary>Counter-based one-time passwords (RFC 4226). Holds no state; the caller stores the next counter.</summary>
public static partial class Hotp
{
    /// <summary>Writes the code of a counter. Allocates nothing.</summary>
    /// <param name="key">The secret's bytes, at least one.</param>
    /// <param name="counter">The counter, 0 or more.</param>
    /// <param name="digits">Digits of the code, 6 to 8 inclusive.</param>
    /// <param name="algorithm">The hash; RFC 4226 knows SHA-1 only, the others are in use.</param>
    /// <param name="destination">At least <paramref name="digits"/> characters.</param>
    /// <param name="engine">Who computes the HMAC.</param>
    /// <returns>The characters written: <paramref name="digits"/>.</returns>
    /// <exception cref="ArgumentException">The key is empty or the destination too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Counter, digits, algorithm or engine are out of range.</exception>
    public static int Generate(
        ReadOnlySpan<byte> key, long counter, int digits, OtpAlgorithm algorithm, Span<char> destination,
        HmacEngine engine = HmacEngine.Platform)
    {
        CheckArguments(key, counter, digits, algorithm, engine);
        OtpGuard.Destination(destination, digits, nameof(destination));
        CodeTruncation.Write(CodeSearch.Single(engine, algorithm, key, counter, digits), destination[..digits]);
        return digits;
    }

    /// <summary>The code of a counter as a string.</summary>
    /// <inheritdoc cref="Generate(ReadOnlySpan{byte}, long, int, OtpAlgorithm, Span{char}, HmacEngine)"/>
    public static string Generate(
        ReadOnlySpan<byte> key, long counter, int digits = 6, OtpAlgorithm algorithm = OtpAlgorithm.Sha1,
        HmacEngine engine = HmacEngine.Platform)
    {
        CheckArguments(key, counter, digits, algorithm, engine);
        var code = CodeSearch.Single(engine, algorithm, key, counter, digits);
        return string.Create(digits, code, static (span, value) => CodeTruncation.Write(value, span));
    }

    private static void CheckArguments(ReadOnlySpan<byte> key, long counter, int digits, OtpAlgorithm algorithm, HmacEngine engine)
    {
        OtpGuard.Key(key, nameof(key));
        ArgumentOutOfRangeException.ThrowIfNegative(counter);
        OtpGuard.Digits(digits, nameof(digits));
        OtpGuard.Algorithm(algorithm, nameof(algorithm));
        OtpGuard.Engine(engine, nameof(engine));
    }
}
