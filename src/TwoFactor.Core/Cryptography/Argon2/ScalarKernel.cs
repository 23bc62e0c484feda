using System.Numerics;
using System.Runtime.CompilerServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary><c>G</c> in 64-bit arithmetic, blocks in the standard's order.</summary>
internal readonly unsafe struct ScalarKernel : IArgon2Kernel
{
    public static bool IsSupported => true;

    public static int PlaceOf(int word) => word;

    // RFC 9106 section 3.5: R = X XOR Y; P on its rows, then on its columns; the result XOR R.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(
        ulong* previous, ulong* reference, ulong* next, ulong* scratch, bool accumulate, in UpcomingReference upcoming)
    {
        var z = scratch;
        for (var i = 0; i < MemoryLayout.BlockWords; i++)
        {
            var r = previous[i] ^ reference[i];
            z[i] = r;
            next[i] = accumulate ? next[i] ^ r : r;
        }

        // A row is 8 registers of 16 bytes; a column takes one register of every row.
        for (var row = 0; row < 8; row++) Permute(z + (row * 16), 2);
        for (var column = 0; column < 8; column++) Permute(z + (column * 2), 16);

        for (var i = 0; i < MemoryLayout.BlockWords; i++) next[i] ^= z[i];
        upcoming.Announce(next[0]);
    }

    // RFC 9106 section 3.6: the permutation P, on eight registers of two words that stand `stride` words apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Permute(ulong* z, int stride)
    {
        ulong v0 = z[0], v1 = z[1], v2 = z[stride], v3 = z[stride + 1];
        ulong v4 = z[2 * stride], v5 = z[(2 * stride) + 1], v6 = z[3 * stride], v7 = z[(3 * stride) + 1];
        ulong v8 = z[4 * stride], v9 = z[(4 * stride) + 1], v10 = z[5 * stride], v11 = z[(5 * stride) + 1];
        ulong v12 = z[6 * stride], v13 = z[(6 * stride) + 1], v14 = z[7 * stride], v15 = z[(7 * stride) + 1];

        Mix(ref v0, ref v4, ref v8, ref v12);
        Mix(ref v1, ref v5, ref v9, ref v13);
        Mix(ref v2, ref v6, ref v10, ref v14);
        Mix(ref v3, ref v7, ref v11, ref v15);
        Mix(ref v0, ref v5, ref v10, ref v15);
        Mix(ref v1, ref v6, ref v11, ref v12);
        Mix(ref v2, ref v7, ref v8, ref v13);
        Mix(ref v3, ref v4, ref v9, ref v14);

        (z[0], z[1], z[stride], z[stride + 1]) = (v0, v1, v2, v3);
        (z[2 * stride], z[(2 * stride) + 1], z[3 * stride], z[(3 * stride) + 1]) = (v4, v5, v6, v7);
        (z[4 * stride], z[(4 * stride) + 1], z[5 * stride], z[(5 * stride) + 1]) = (v8, v9, v10, v11);
        (z[6 * stride], z[(6 * stride) + 1], z[7 * stride], z[(7 * stride) + 1]) = (v12, v13, v14, v15);
    }

    // RFC 9106 section 3.6: GB, BLAKE2b's mixing hardened by 32-bit multiplications.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a = Add(a, b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c = Add(c, d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a = Add(a, b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c = Add(c, d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong x, ulong y) => x + y + (2 * ((ulong)(uint)x * (uint)y));
}
