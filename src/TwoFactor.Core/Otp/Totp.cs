namespace TwoFactor.Otp;

/// <summary>
/// Time-based one-time passwords (RFC 6238): bytes and a time in, digits or a verdict out. Holds no state; the caller stores the last
/// accepted step, which is what makes a code work once (section 5.2).
/// </summary>
public static partial class Totp
{
    /// <summary>Writes the code of a step. Allocates nothing.</summary>
    /// <param name="key">The secret's bytes, at least one.</param>
    /// <param name="step">The step, 0 or more.</param>
    /// <param name="parameters">Algorithm and digits.</param>
    /// <param name="destination">At least <see cref="TotpParameters.Digits"/> characters.</param>
    /// <param name="engine">Who computes the HMAC.</param>
    /// <returns>The characters written: <see cref="TotpParameters.Digits"/>.</returns>
    /// <exception cref="ArgumentException">The key is empty or the destination too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, or the engine is none.</exception>
    public static int Generate(
        ReadOnlySpan<byte> key, long step, TotpParameters parameters, Span<char> destination, HmacEngine engine = HmacEngine.Platform)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Hotp.Generate(key, step, parameters.Digits, parameters.Algorithm, destination, engine);
    }

    /// <summary>The code of a step as a string.</summary>
    /// <inheritdoc cref="Generate(ReadOnlySpan{byte}, long, TotpParameters, Span{char}, HmacEngine)"/>
    public static string Generate(ReadOnlySpan<byte> key, long step, TotpParameters parameters, HmacEngine engine = HmacEngine.Platform)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Hotp.Generate(key, step, parameters.Digits, parameters.Algorithm, engine);
    }
}
