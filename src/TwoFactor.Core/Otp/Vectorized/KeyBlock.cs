namespace TwoFactor.Otp.Vectorized;

/// <summary>The block of SHA-1 and SHA-256.</summary>
internal static class KeyBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Length = 64;

    /// <summary>The same in 32-bit words.</summary>
    public const int Words = Length / sizeof(uint);
}
