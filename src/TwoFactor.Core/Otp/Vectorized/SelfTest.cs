namespace TwoFactor.Otp.Vectorized;

/// <summary>What the self-test examines.</summary>
internal interface ICodesFactory
{
    /// <summary>The values of the codes of consecutive counters under a key.</summary>
    static abstract void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values);
}

/// <summary>
/// Compares with the platform before the first code is trusted: every width, both hashes, keys shorter than a block, as long and longer,
/// and counters across the carry into the upper word. A processor or compiler that computes wrongly costs speed, not security.
/// </summary>
internal static class SelfTest
{
    private const int Digits = 8;

    public static bool Passes<TCodes>() where TCodes : ICodesFactory
    {
        Span<byte> key = stackalloc byte[KeyBlock.Length + 1];
        for (var i = 0; i < key.Length; i++) key[i] = (byte)(i * 37 + 11);
        var agree = true;
        foreach (var algorithm in (ReadOnlySpan<OtpAlgorithm>)[OtpAlgorithm.Sha1, OtpAlgorithm.Sha256])
        {
            foreach (var keyLength in (ReadOnlySpan<int>)[1, 20, KeyBlock.Length, KeyBlock.Length + 1])
            {
                foreach (var count in (ReadOnlySpan<int>)[3, 7, 15])
                    agree &= Agrees<TCodes>(algorithm, key[..keyLength], uint.MaxValue - 2L, count);
            }
        }

        return agree;
    }

    private static bool Agrees<TCodes>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int count) where TCodes : ICodesFactory
    {
        Span<int> actual = stackalloc int[count], expected = stackalloc int[count];
        TCodes.Fill(algorithm, key, first, Digits, actual);
        using var platform = new KeyedHmac(algorithm, key);
        platform.Fill(first, Digits, expected);
        return actual.SequenceEqual(expected);
    }
}
