namespace TwoFactor.Otp;

/// <summary>Checks of arguments that several entry points share: misuse throws and names the parameter.</summary>
internal static class OtpGuard
{
    public const int MinDigits = 6;
    public const int MaxDigits = 8;

    public static int Digits(int digits, string name) => digits is >= MinDigits and <= MaxDigits ? digits
        : throw new ArgumentOutOfRangeException(name, digits, "A code has 6 to 8 digits.");

    public static OtpAlgorithm Algorithm(OtpAlgorithm algorithm, string name) =>
        algorithm is OtpAlgorithm.Sha1 or OtpAlgorithm.Sha256 or OtpAlgorithm.Sha512 ? algorithm
        : throw new ArgumentOutOfRangeException(name, algorithm, "The algorithm is one of Sha1, Sha256 and Sha512.");

    public static HmacEngine Engine(HmacEngine engine, string name) =>
        engine is HmacEngine.Platform or HmacEngine.Vectorized ? engine
        : throw new ArgumentOutOfRangeException(name, engine, "The engine is Platform or Vectorized.");

    public static void Key(ReadOnlySpan<byte> key, string name)
    {
        if (key.IsEmpty) throw new ArgumentException("The key is empty: pass the bytes of the secret.", name);
    }

    public static void Destination(Span<char> destination, int needed, string name)
    {
        if (destination.Length < needed)
            throw new ArgumentException($"The destination holds {destination.Length} characters; {needed} are needed.", name);
    }
}
