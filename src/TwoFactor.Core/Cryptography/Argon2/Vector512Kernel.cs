using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// <c>G</c> with AVX-512: the whole block stays in sixteen registers of 64 bytes. Blocks are in <see cref="InterleavedRows"/> order.
/// </summary>
internal readonly unsafe struct Vector512Kernel : IArgon2Kernel
{
    public static bool IsSupported => Avx512F.IsSupported;

    public static int PlaceOf(int word) => InterleavedRows.PlaceOf(word);

    // RFC 9106 section 3.5. zRC is vector C (v0-v3, v4-v7, v8-v11, v12-v15 of a row) of the pair of rows 2R and 2R+1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(
        ulong* previous, ulong* reference, ulong* next, ulong* scratch, bool accumulate, in UpcomingReference upcoming)
    {
        // R = X XOR Y.
        var z00 = Load(previous, reference, 0);
        var z01 = Load(previous, reference, 1);
        var z02 = Load(previous, reference, 2);
        var z03 = Load(previous, reference, 3);
        var z10 = Load(previous, reference, 4);
        var z11 = Load(previous, reference, 5);
        var z12 = Load(previous, reference, 6);
        var z13 = Load(previous, reference, 7);
        var z20 = Load(previous, reference, 8);
        var z21 = Load(previous, reference, 9);
        var z22 = Load(previous, reference, 10);
        var z23 = Load(previous, reference, 11);
        var z30 = Load(previous, reference, 12);
        var z31 = Load(previous, reference, 13);
        var z32 = Load(previous, reference, 14);
        var z33 = Load(previous, reference, 15);

        // P on the rows, two at a time in each vector.
        Mix(ref z00, ref z01, ref z02, ref z03, ref z10, ref z11, ref z12, ref z13);
        Mix(ref z20, ref z21, ref z22, ref z23, ref z30, ref z31, ref z32, ref z33);
        RowsToDiagonals(ref z00, ref z02, ref z03);
        RowsToDiagonals(ref z10, ref z12, ref z13);
        RowsToDiagonals(ref z20, ref z22, ref z23);
        RowsToDiagonals(ref z30, ref z32, ref z33);
        Mix(ref z00, ref z01, ref z02, ref z03, ref z10, ref z11, ref z12, ref z13);
        Mix(ref z20, ref z21, ref z22, ref z23, ref z30, ref z31, ref z32, ref z33);
        RowsFromDiagonals(ref z00, ref z02, ref z03);
        RowsFromDiagonals(ref z10, ref z12, ref z13);
        RowsFromDiagonals(ref z20, ref z22, ref z23);
        RowsFromDiagonals(ref z30, ref z32, ref z33);

        // P on the columns, two at a time in each vector. The first four yield word 0, which names the block to come.
        Columns(ref z00, ref z10, ref z20, ref z30, ref z01, ref z11, ref z21, ref z31);
        upcoming.Announce(FirstWord(z00, previous, reference, next, accumulate));
        Columns(ref z02, ref z12, ref z22, ref z32, ref z03, ref z13, ref z23, ref z33);

        // The result XOR R.
        Store(z00, previous, reference, next, 0, accumulate);
        Store(z01, previous, reference, next, 1, accumulate);
        Store(z02, previous, reference, next, 2, accumulate);
        Store(z03, previous, reference, next, 3, accumulate);
        Store(z10, previous, reference, next, 4, accumulate);
        Store(z11, previous, reference, next, 5, accumulate);
        Store(z12, previous, reference, next, 6, accumulate);
        Store(z13, previous, reference, next, 7, accumulate);
        Store(z20, previous, reference, next, 8, accumulate);
        Store(z21, previous, reference, next, 9, accumulate);
        Store(z22, previous, reference, next, 10, accumulate);
        Store(z23, previous, reference, next, 11, accumulate);
        Store(z30, previous, reference, next, 12, accumulate);
        Store(z31, previous, reference, next, 13, accumulate);
        Store(z32, previous, reference, next, 14, accumulate);
        Store(z33, previous, reference, next, 15, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Load(ulong* previous, ulong* reference, int vector) =>
        Vector512.Load(previous + (vector * 8)) ^ Vector512.Load(reference + (vector * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> z, ulong* previous, ulong* reference, ulong* next, int vector, bool accumulate)
    {
        z ^= Load(previous, reference, vector);
        if (accumulate) z ^= Vector512.Load(next + (vector * 8));
        z.Store(next + (vector * 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FirstWord(Vector512<ulong> z, ulong* previous, ulong* reference, ulong* next, bool accumulate)
    {
        var word = z.ToScalar() ^ previous[0] ^ reference[0];
        return accumulate ? word ^ next[0] : word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(
        ref Vector512<ulong> a0, ref Vector512<ulong> b0, ref Vector512<ulong> c0, ref Vector512<ulong> d0,
        ref Vector512<ulong> a1, ref Vector512<ulong> b1, ref Vector512<ulong> c1, ref Vector512<ulong> d1)
    {
        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        ColumnsToDiagonals(ref a0, ref c0, ref d0);
        ColumnsToDiagonals(ref a1, ref c1, ref d1);
        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        ColumnsFromDiagonals(ref a0, ref c0, ref d0);
        ColumnsFromDiagonals(ref a1, ref c1, ref d1);
    }

    // Diagonals line up by turning three of the four vectors. b, which is ready last, is the one left alone: so a turns right by one
    // where the standard turns b left by one, and the others follow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnsToDiagonals(ref Vector512<ulong> a, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
        a = Avx512F.Permute4x64(a, 0b10_01_00_11);
        c = Avx512F.Permute4x64(c, 0b00_11_10_01);
        d = Avx512F.Permute4x64(d, 0b01_00_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnsFromDiagonals(ref Vector512<ulong> a, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
        a = Avx512F.Permute4x64(a, 0b00_11_10_01);
        c = Avx512F.Permute4x64(c, 0b10_01_00_11);
        d = Avx512F.Permute4x64(d, 0b01_00_11_10);
    }

    // The same for rows, whose four words stand at places 0, 1, 4, 5 and 2, 3, 6, 7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowsToDiagonals(ref Vector512<ulong> a, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
        a = Avx512F.PermuteVar8x64(a, Vector512.Create(5UL, 0, 7, 2, 1, 4, 3, 6));
        c = Avx512F.PermuteVar8x64(c, Vector512.Create(1UL, 4, 3, 6, 5, 0, 7, 2));
        d = Avx512F.Shuffle4x128(d, d, 0b01_00_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowsFromDiagonals(ref Vector512<ulong> a, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
        a = Avx512F.PermuteVar8x64(a, Vector512.Create(1UL, 4, 3, 6, 5, 0, 7, 2));
        c = Avx512F.PermuteVar8x64(c, Vector512.Create(5UL, 0, 7, 2, 1, 4, 3, 6));
        d = Avx512F.Shuffle4x128(d, d, 0b01_00_11_10);
    }

    // RFC 9106 section 3.6: GB, on two independent groups side by side so that neither waits for its own multiplications.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector512<ulong> a0, ref Vector512<ulong> b0, ref Vector512<ulong> c0, ref Vector512<ulong> d0,
        ref Vector512<ulong> a1, ref Vector512<ulong> b1, ref Vector512<ulong> c1, ref Vector512<ulong> d1)
    {
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = Avx512F.RotateRight(d0 ^ a0, 32);
        d1 = Avx512F.RotateRight(d1 ^ a1, 32);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = Avx512F.RotateRight(b0 ^ c0, 24);
        b1 = Avx512F.RotateRight(b1 ^ c1, 24);
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = Avx512F.RotateRight(d0 ^ a0, 16);
        d1 = Avx512F.RotateRight(d1 ^ a1, 16);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = Avx512F.RotateRight(b0 ^ c0, 63);
        b1 = Avx512F.RotateRight(b1 ^ c1, 63);
    }

    // x + y + 2 * low(x) * low(y).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Add(Vector512<ulong> x, Vector512<ulong> y)
    {
        var product = Avx512F.Multiply(x.AsUInt32(), y.AsUInt32());
        return x + y + (product + product);
    }
}
