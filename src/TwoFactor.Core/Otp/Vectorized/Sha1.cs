namespace TwoFactor.Otp.Vectorized;

/// <summary>The constants of SHA-1 (FIPS 180-4).</summary>
internal static class Sha1
{
    /// <summary>K(t) from round 0, 20, 40 and 60 (section 4.2.1).</summary>
    public static ReadOnlySpan<uint> K => [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

    /// <summary>H(0) (section 5.3.1).</summary>
    public static ReadOnlySpan<uint> InitialState => [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
}
