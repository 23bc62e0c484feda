using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// <c>G</c> with AVX2: rows in pairs, then columns in pairs, eight registers at a time. Blocks are in <see cref="InterleavedRows"/>
/// order.
/// </summary>
internal readonly unsafe struct Vector256Kernel : IArgon2Kernel
{
    private const int VectorWords = 4;
    private const int RowPairWords = 32;

    public static bool IsSupported => Avx2.IsSupported;

    public static int PlaceOf(int word) => InterleavedRows.PlaceOf(word);

    // RFC 9106 section 3.5: R = X XOR Y; P on its rows, then on its columns; the result XOR R.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(
        ulong* previous, ulong* reference, ulong* next, ulong* scratch, bool accumulate, in UpcomingReference upcoming)
    {
        for (var word = 0; word < MemoryLayout.BlockWords; word += RowPairWords) Rows(previous + word, reference + word, scratch + word);

        // The first two columns yield word 0, which names the block to come.
        Columns(previous, reference, next, scratch, accumulate);
        upcoming.Announce(next[0]);
        for (var word = 2 * VectorWords; word < RowPairWords; word += 2 * VectorWords)
        {
            Columns(previous + word, reference + word, next + word, scratch + word, accumulate);
        }
    }

    // P on two rows, one in each half of every vector: words 0-1 of both, words 2-3 of both, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows(ulong* previous, ulong* reference, ulong* scratch)
    {
        var a0 = Load(previous, reference, 0);
        var a1 = Load(previous, reference, 1);
        var b0 = Load(previous, reference, 2);
        var b1 = Load(previous, reference, 3);
        var c0 = Load(previous, reference, 4);
        var c1 = Load(previous, reference, 5);
        var d0 = Load(previous, reference, 6);
        var d1 = Load(previous, reference, 7);

        // Diagonals line up by turning a right and c left by one and d by two; b, which is ready last, stays.
        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        (a0, a1) = (Straddle(a1, a0), Straddle(a0, a1));
        (c0, c1) = (Straddle(c0, c1), Straddle(c1, c0));
        Mix(ref a0, ref b0, ref c0, ref d1, ref a1, ref b1, ref c1, ref d0);
        (a0, a1) = (Straddle(a0, a1), Straddle(a1, a0));
        (c0, c1) = (Straddle(c1, c0), Straddle(c0, c1));

        a0.Store(scratch);
        a1.Store(scratch + VectorWords);
        b0.Store(scratch + (2 * VectorWords));
        b1.Store(scratch + (3 * VectorWords));
        c0.Store(scratch + (4 * VectorWords));
        c1.Store(scratch + (5 * VectorWords));
        d0.Store(scratch + (6 * VectorWords));
        d1.Store(scratch + (7 * VectorWords));
    }

    // P on two columns, a quarter of one in each vector, and the XOR with R.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(ulong* previous, ulong* reference, ulong* next, ulong* scratch, bool accumulate)
    {
        var a0 = Vector256.Load(scratch);
        var a1 = Vector256.Load(scratch + VectorWords);
        var b0 = Vector256.Load(scratch + RowPairWords);
        var b1 = Vector256.Load(scratch + RowPairWords + VectorWords);
        var c0 = Vector256.Load(scratch + (2 * RowPairWords));
        var c1 = Vector256.Load(scratch + (2 * RowPairWords) + VectorWords);
        var d0 = Vector256.Load(scratch + (3 * RowPairWords));
        var d1 = Vector256.Load(scratch + (3 * RowPairWords) + VectorWords);

        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        (a0, a1) = (TurnRight(a0), TurnRight(a1));
        (c0, c1) = (TurnLeft(c0), TurnLeft(c1));
        (d0, d1) = (TurnTwice(d0), TurnTwice(d1));
        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        (a0, a1) = (TurnLeft(a0), TurnLeft(a1));
        (c0, c1) = (TurnRight(c0), TurnRight(c1));
        (d0, d1) = (TurnTwice(d0), TurnTwice(d1));

        Store(a0, previous, reference, next, 0, accumulate);
        Store(a1, previous, reference, next, 1, accumulate);
        Store(b0, previous, reference, next, 8, accumulate);
        Store(b1, previous, reference, next, 9, accumulate);
        Store(c0, previous, reference, next, 16, accumulate);
        Store(c1, previous, reference, next, 17, accumulate);
        Store(d0, previous, reference, next, 24, accumulate);
        Store(d1, previous, reference, next, 25, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Load(ulong* previous, ulong* reference, int vector) =>
        Vector256.Load(previous + (vector * VectorWords)) ^ Vector256.Load(reference + (vector * VectorWords));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ulong> z, ulong* previous, ulong* reference, ulong* next, int vector, bool accumulate)
    {
        z ^= Load(previous, reference, vector);
        if (accumulate) z ^= Vector256.Load(next + (vector * VectorWords));
        z.Store(next + (vector * VectorWords));
    }

    // In each half, the second word of `first` and the first word of `second`.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Straddle(Vector256<ulong> first, Vector256<ulong> second) =>
        Avx2.AlignRight(second.AsByte(), first.AsByte(), sizeof(ulong)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> TurnLeft(Vector256<ulong> v) => Avx2.Permute4x64(v, 0b00_11_10_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> TurnTwice(Vector256<ulong> v) => Avx2.Permute4x64(v, 0b01_00_11_10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> TurnRight(Vector256<ulong> v) => Avx2.Permute4x64(v, 0b10_01_00_11);

    // RFC 9106 section 3.6: GB, on two independent groups side by side so that neither waits for its own multiplications.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a0, ref Vector256<ulong> b0, ref Vector256<ulong> c0, ref Vector256<ulong> d0,
        ref Vector256<ulong> a1, ref Vector256<ulong> b1, ref Vector256<ulong> c1, ref Vector256<ulong> d1)
    {
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = RotateBy32(d0 ^ a0);
        d1 = RotateBy32(d1 ^ a1);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = RotateBy24(b0 ^ c0);
        b1 = RotateBy24(b1 ^ c1);
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = RotateBy16(d0 ^ a0);
        d1 = RotateBy16(d1 ^ a1);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = RotateBy63(b0 ^ c0);
        b1 = RotateBy63(b1 ^ c1);
    }

    // x + y + 2 * low(x) * low(y).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Add(Vector256<ulong> x, Vector256<ulong> y)
    {
        var product = Avx2.Multiply(x.AsUInt32(), y.AsUInt32());
        return x + y + (product + product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateBy32(Vector256<ulong> v) => Avx2.Shuffle(v.AsUInt32(), 0b10_11_00_01).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateBy24(Vector256<ulong> v) => Avx2.Shuffle(
        v.AsByte(),
        Vector256.Create(
            (byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateBy16(Vector256<ulong> v) => Avx2.Shuffle(
        v.AsByte(),
        Vector256.Create(
            (byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateBy63(Vector256<ulong> v) => (v + v) ^ Vector256.ShiftRightLogical(v, 63);
}
