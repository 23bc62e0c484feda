using TwoFactor.Otp.Vectorized;

namespace TwoFactor.Otp;

/// <summary>
/// Looks for codes among candidates. All candidates are computed and compared whatever matches, without a branch on a comparison.
/// </summary>
internal static class CodeSearch
{
    /// <summary>Candidates computed at once: what the widest vectors hold.</summary>
    private const int Batch = 16;

    /// <summary>The code of one counter.</summary>
    public static int Single(HmacEngine engine, OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long counter, int digits)
    {
        if (!VectorizedCodes.Supports(engine, algorithm)) return KeyedHmac.SingleValue(algorithm, key, counter, digits);
        var codes = new VectorizedCodes(algorithm, key);
        var value = 0;
        codes.Fill(counter, digits, new Span<int>(ref value));
        codes.Dispose();
        return value;
    }

    /// <summary>The largest of the counters from <paramref name="from"/> to <paramref name="to"/> that has the code, or null.</summary>
    public static long? Newest(HmacEngine engine, OtpAlgorithm algorithm, ReadOnlySpan<byte> key, int digits, int value, long from, long to)
    {
        if (VectorizedCodes.Supports(engine, algorithm))
        {
            var vectorized = new VectorizedCodes(algorithm, key);
            return Newest(ref vectorized, digits, value, from, to);
        }

        var platform = new KeyedHmac(algorithm, key);
        return Newest(ref platform, digits, value, from, to);
    }

    /// <summary>
    /// The largest of the counters from <paramref name="from"/> to <paramref name="to"/> that has the first code and is followed by one
    /// that has the second, or null.
    /// </summary>
    public static long? NewestPair(
        HmacEngine engine, OtpAlgorithm algorithm, ReadOnlySpan<byte> key, int digits, int first, int second, long from, long to)
    {
        if (VectorizedCodes.Supports(engine, algorithm))
        {
            var vectorized = new VectorizedCodes(algorithm, key);
            return NewestPair(ref vectorized, digits, first, second, from, to);
        }

        var platform = new KeyedHmac(algorithm, key);
        return NewestPair(ref platform, digits, first, second, from, to);
    }

    // The two below take the codes by reference, because a copy would be secret too, and dispose of them.
    private static long? Newest<TCodes>(scoped ref TCodes codes, int digits, int value, long from, long to)
        where TCodes : ICandidateCodes, allows ref struct
    {
        Span<int> values = stackalloc int[Batch];
        long newest = -1;
        try
        {
            // Counted by distance, because a loop "counter <= to" never ends when to is the largest long.
            for (long done = 0; done <= to - from; done += Batch)
            {
                var batch = values[..(int)Math.Min(Batch, to - from - done + 1)];
                codes.Fill(from + done, digits, batch);
                for (var i = 0; i < batch.Length; i++) newest = Choose(EqualMask(batch[i], value), from + done + i, newest);
            }
        }
        finally
        {
            codes.Dispose();
            values.Clear();
        }

        return newest < 0 ? null : newest;
    }

    private static long? NewestPair<TCodes>(scoped ref TCodes codes, int digits, int first, int second, long from, long to)
        where TCodes : ICandidateCodes, allows ref struct
    {
        Span<int> values = stackalloc int[Batch];
        long newest = -1, previousIsFirst = 0;
        try
        {
            for (long done = 0; done <= to - from + 1; done += Batch)
            {
                var batch = values[..(int)Math.Min(Batch, to - from - done + 2)];
                codes.Fill(from + done, digits, batch);
                for (var i = 0; i < batch.Length; i++)
                {
                    newest = Choose(previousIsFirst & EqualMask(batch[i], second), from + done + i - 1, newest);
                    previousIsFirst = EqualMask(batch[i], first);
                }
            }
        }
        finally
        {
            codes.Dispose();
            values.Clear();
        }

        return newest < 0 ? null : newest;
    }

    /// <summary>All ones when the numbers are equal, otherwise zero: a subtraction borrows from the upper half for zero alone.</summary>
    private static long EqualMask(int left, int right) => (long)((ulong)(uint)(left ^ right) - 1) >> 63;

    private static long Choose(long mask, long ifOnes, long ifZero) => (ifOnes & mask) | (ifZero & ~mask);
}
