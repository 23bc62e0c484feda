using System.Runtime.CompilerServices;
using TwoFactor.Otp.Vectorized;

namespace TwoFactor.Otp;

/// <summary>
/// Looks for codes among candidates. All candidates are computed and compared whatever matches, without a branch on a comparison.
/// </summary>
internal static class CodeSearch
{
    /// <summary>The most candidates computed at once.</summary>
    private const int MaxBatch = 16;

    /// <summary>The code of one counter.</summary>
    public static int Single(HmacEngine engine, OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long counter, int digits)
    {
        if (!VectorizedCodes.Supports(engine, algorithm)) return KeyedHmac.SingleValue(algorithm, key, counter, digits);
        return SingleByVectors(algorithm, key, counter, digits);
    }

    /// <summary>The largest of the counters from <paramref name="from"/> to <paramref name="to"/> that has the code, or null.</summary>
    public static long? Newest(HmacEngine engine, OtpAlgorithm algorithm, ReadOnlySpan<byte> key, int digits, int value, long from, long to)
    {
        if (VectorizedCodes.Supports(engine, algorithm)) return NewestByVectors(algorithm, key, digits, value, from, to);
        return Newest(new KeyedHmac(algorithm, key), digits, value, from, to);
    }

    /// <summary>
    /// The largest of the counters from <paramref name="from"/> to <paramref name="to"/> that has the first code and is followed by one
    /// that has the second, or null.
    /// </summary>
    public static long? NewestPair(
        HmacEngine engine, OtpAlgorithm algorithm, ReadOnlySpan<byte> key, int digits, int first, int second, long from, long to)
    {
        if (VectorizedCodes.Supports(engine, algorithm)) return NewestPairByVectors(algorithm, key, digits, first, second, from, to);
        return NewestPair(new KeyedHmac(algorithm, key), digits, first, second, from, to);
    }

    // In methods of their own, whose room on the stack is not zeroed first: all of it is written before it is read.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SingleByVectors(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long counter, int digits)
    {
        var codes = new VectorizedCodes(algorithm, key, stackalloc byte[VectorizedCodes.RoomLength]);
        var value = 0;
        codes.Fill(counter, digits, new Span<int>(ref value));
        codes.Dispose();
        return value;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long? NewestByVectors(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, int digits, int value, long from, long to) =>
        Newest(new VectorizedCodes(algorithm, key, stackalloc byte[VectorizedCodes.RoomLength]), digits, value, from, to);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long? NewestPairByVectors(
        OtpAlgorithm algorithm, ReadOnlySpan<byte> key, int digits, int first, int second, long from, long to) =>
        NewestPair(new VectorizedCodes(algorithm, key, stackalloc byte[VectorizedCodes.RoomLength]), digits, first, second, from, to);

    // These two dispose of the codes.
    [SkipLocalsInit]
    private static long? Newest<TCodes>(scoped TCodes codes, int digits, int value, long from, long to)
        where TCodes : ICandidateCodes, allows ref struct
    {
        Span<int> values = stackalloc int[MaxBatch];
        long newest = -1;
        try
        {
            // Counted by distance, because a loop "counter <= to" never ends when to is the largest long.
            for (long done = 0; done <= to - from; done += TCodes.Batch)
            {
                var batch = values[..(int)Math.Min(TCodes.Batch, to - from - done + 1)];
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

    [SkipLocalsInit]
    private static long? NewestPair<TCodes>(scoped TCodes codes, int digits, int first, int second, long from, long to)
        where TCodes : ICandidateCodes, allows ref struct
    {
        Span<int> values = stackalloc int[MaxBatch];
        long newest = -1, previousIsFirst = 0;
        try
        {
            for (long done = 0; done <= to - from + 1; done += TCodes.Batch)
            {
                var batch = values[..(int)Math.Min(TCodes.Batch, to - from - done + 2)];
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
