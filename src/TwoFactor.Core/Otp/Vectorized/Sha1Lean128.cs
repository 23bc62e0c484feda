using System.Runtime.CompilerServices;
using static TwoFactor.Otp.Vectorized.LaneOperations;
using Lanes = System.Runtime.Intrinsics.Vector128<uint>;
using Vector = System.Runtime.Intrinsics.Vector128;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// SHA-1 (FIPS 180-4, section 6.1.2) of four messages side by side, one a lane. Unrolled: one line is one round t, with the five working
/// variables renamed instead of moved. No branch and no memory access depends on data.
/// Every second word of the schedule stays in memory: a kernel for machines with 16 vector registers. See <see cref="Sha1Lanes128"/>.
/// </summary>
internal readonly struct Sha1Lean128 : ILaneHash<Lanes>
{
    public static ReadOnlySpan<uint> InitialState => Sha1.InitialState;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ref LaneState<Lanes> state, ref LaneBlock<Lanes> block)
    {
        // 1. The first sixteen words of the message schedule; the others replace them as they are needed.
        Lanes w0 = block[0], w2 = block[2];
        Lanes w4 = block[4], w6 = block[6];
        Lanes w8 = block[8], w10 = block[10];
        Lanes w12 = block[12], w14 = block[14];

        // 2. The working variables.
        Lanes a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];

        // 3. Eighty rounds.
        // Rounds 0 to 19: choose.
        e = Round0(a, b, c, d, e, w0); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, block[1]); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, w2); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, block[3]); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, w4); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, block[5]); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, w6); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, block[7]); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, w8); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, block[9]); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, w10); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, block[11]); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, w12); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, block[13]); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, w14); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, block[15]); b = RotateLeft(b, 30);
        w0 = Next(block[13], w8, w2, w0); d = Round0(e, a, b, c, d, w0); a = RotateLeft(a, 30);
        block[1] = Next(w14, block[9], block[3], block[1]); c = Round0(d, e, a, b, c, block[1]); e = RotateLeft(e, 30);
        w2 = Next(block[15], w10, w4, w2); b = Round0(c, d, e, a, b, w2); d = RotateLeft(d, 30);
        block[3] = Next(w0, block[11], block[5], block[3]); a = Round0(b, c, d, e, a, block[3]); c = RotateLeft(c, 30);

        // Rounds 20 to 39: parity.
        w4 = Next(block[1], w12, w6, w4); e = Round20(a, b, c, d, e, w4); b = RotateLeft(b, 30);
        block[5] = Next(w2, block[13], block[7], block[5]); d = Round20(e, a, b, c, d, block[5]); a = RotateLeft(a, 30);
        w6 = Next(block[3], w14, w8, w6); c = Round20(d, e, a, b, c, w6); e = RotateLeft(e, 30);
        block[7] = Next(w4, block[15], block[9], block[7]); b = Round20(c, d, e, a, b, block[7]); d = RotateLeft(d, 30);
        w8 = Next(block[5], w0, w10, w8); a = Round20(b, c, d, e, a, w8); c = RotateLeft(c, 30);
        block[9] = Next(w6, block[1], block[11], block[9]); e = Round20(a, b, c, d, e, block[9]); b = RotateLeft(b, 30);
        w10 = Next(block[7], w2, w12, w10); d = Round20(e, a, b, c, d, w10); a = RotateLeft(a, 30);
        block[11] = Next(w8, block[3], block[13], block[11]); c = Round20(d, e, a, b, c, block[11]); e = RotateLeft(e, 30);
        w12 = Next(block[9], w4, w14, w12); b = Round20(c, d, e, a, b, w12); d = RotateLeft(d, 30);
        block[13] = Next(w10, block[5], block[15], block[13]); a = Round20(b, c, d, e, a, block[13]); c = RotateLeft(c, 30);
        w14 = Next(block[11], w6, w0, w14); e = Round20(a, b, c, d, e, w14); b = RotateLeft(b, 30);
        block[15] = Next(w12, block[7], block[1], block[15]); d = Round20(e, a, b, c, d, block[15]); a = RotateLeft(a, 30);
        w0 = Next(block[13], w8, w2, w0); c = Round20(d, e, a, b, c, w0); e = RotateLeft(e, 30);
        block[1] = Next(w14, block[9], block[3], block[1]); b = Round20(c, d, e, a, b, block[1]); d = RotateLeft(d, 30);
        w2 = Next(block[15], w10, w4, w2); a = Round20(b, c, d, e, a, w2); c = RotateLeft(c, 30);
        block[3] = Next(w0, block[11], block[5], block[3]); e = Round20(a, b, c, d, e, block[3]); b = RotateLeft(b, 30);
        w4 = Next(block[1], w12, w6, w4); d = Round20(e, a, b, c, d, w4); a = RotateLeft(a, 30);
        block[5] = Next(w2, block[13], block[7], block[5]); c = Round20(d, e, a, b, c, block[5]); e = RotateLeft(e, 30);
        w6 = Next(block[3], w14, w8, w6); b = Round20(c, d, e, a, b, w6); d = RotateLeft(d, 30);
        block[7] = Next(w4, block[15], block[9], block[7]); a = Round20(b, c, d, e, a, block[7]); c = RotateLeft(c, 30);

        // Rounds 40 to 59: majority.
        w8 = Next(block[5], w0, w10, w8); e = Round40(a, b, c, d, e, w8); b = RotateLeft(b, 30);
        block[9] = Next(w6, block[1], block[11], block[9]); d = Round40(e, a, b, c, d, block[9]); a = RotateLeft(a, 30);
        w10 = Next(block[7], w2, w12, w10); c = Round40(d, e, a, b, c, w10); e = RotateLeft(e, 30);
        block[11] = Next(w8, block[3], block[13], block[11]); b = Round40(c, d, e, a, b, block[11]); d = RotateLeft(d, 30);
        w12 = Next(block[9], w4, w14, w12); a = Round40(b, c, d, e, a, w12); c = RotateLeft(c, 30);
        block[13] = Next(w10, block[5], block[15], block[13]); e = Round40(a, b, c, d, e, block[13]); b = RotateLeft(b, 30);
        w14 = Next(block[11], w6, w0, w14); d = Round40(e, a, b, c, d, w14); a = RotateLeft(a, 30);
        block[15] = Next(w12, block[7], block[1], block[15]); c = Round40(d, e, a, b, c, block[15]); e = RotateLeft(e, 30);
        w0 = Next(block[13], w8, w2, w0); b = Round40(c, d, e, a, b, w0); d = RotateLeft(d, 30);
        block[1] = Next(w14, block[9], block[3], block[1]); a = Round40(b, c, d, e, a, block[1]); c = RotateLeft(c, 30);
        w2 = Next(block[15], w10, w4, w2); e = Round40(a, b, c, d, e, w2); b = RotateLeft(b, 30);
        block[3] = Next(w0, block[11], block[5], block[3]); d = Round40(e, a, b, c, d, block[3]); a = RotateLeft(a, 30);
        w4 = Next(block[1], w12, w6, w4); c = Round40(d, e, a, b, c, w4); e = RotateLeft(e, 30);
        block[5] = Next(w2, block[13], block[7], block[5]); b = Round40(c, d, e, a, b, block[5]); d = RotateLeft(d, 30);
        w6 = Next(block[3], w14, w8, w6); a = Round40(b, c, d, e, a, w6); c = RotateLeft(c, 30);
        block[7] = Next(w4, block[15], block[9], block[7]); e = Round40(a, b, c, d, e, block[7]); b = RotateLeft(b, 30);
        w8 = Next(block[5], w0, w10, w8); d = Round40(e, a, b, c, d, w8); a = RotateLeft(a, 30);
        block[9] = Next(w6, block[1], block[11], block[9]); c = Round40(d, e, a, b, c, block[9]); e = RotateLeft(e, 30);
        w10 = Next(block[7], w2, w12, w10); b = Round40(c, d, e, a, b, w10); d = RotateLeft(d, 30);
        block[11] = Next(w8, block[3], block[13], block[11]); a = Round40(b, c, d, e, a, block[11]); c = RotateLeft(c, 30);

        // Rounds 60 to 79: parity.
        w12 = Next(block[9], w4, w14, w12); e = Round60(a, b, c, d, e, w12); b = RotateLeft(b, 30);
        block[13] = Next(w10, block[5], block[15], block[13]); d = Round60(e, a, b, c, d, block[13]); a = RotateLeft(a, 30);
        w14 = Next(block[11], w6, w0, w14); c = Round60(d, e, a, b, c, w14); e = RotateLeft(e, 30);
        block[15] = Next(w12, block[7], block[1], block[15]); b = Round60(c, d, e, a, b, block[15]); d = RotateLeft(d, 30);
        w0 = Next(block[13], w8, w2, w0); a = Round60(b, c, d, e, a, w0); c = RotateLeft(c, 30);
        block[1] = Next(w14, block[9], block[3], block[1]); e = Round60(a, b, c, d, e, block[1]); b = RotateLeft(b, 30);
        w2 = Next(block[15], w10, w4, w2); d = Round60(e, a, b, c, d, w2); a = RotateLeft(a, 30);
        block[3] = Next(w0, block[11], block[5], block[3]); c = Round60(d, e, a, b, c, block[3]); e = RotateLeft(e, 30);
        w4 = Next(block[1], w12, w6, w4); b = Round60(c, d, e, a, b, w4); d = RotateLeft(d, 30);
        block[5] = Next(w2, block[13], block[7], block[5]); a = Round60(b, c, d, e, a, block[5]); c = RotateLeft(c, 30);
        w6 = Next(block[3], w14, w8, w6); e = Round60(a, b, c, d, e, w6); b = RotateLeft(b, 30);
        block[7] = Next(w4, block[15], block[9], block[7]); d = Round60(e, a, b, c, d, block[7]); a = RotateLeft(a, 30);
        w8 = Next(block[5], w0, w10, w8); c = Round60(d, e, a, b, c, w8); e = RotateLeft(e, 30);
        block[9] = Next(w6, block[1], block[11], block[9]); b = Round60(c, d, e, a, b, block[9]); d = RotateLeft(d, 30);
        w10 = Next(block[7], w2, w12, w10); a = Round60(b, c, d, e, a, w10); c = RotateLeft(c, 30);
        block[11] = Next(w8, block[3], block[13], block[11]); e = Round60(a, b, c, d, e, block[11]); b = RotateLeft(b, 30);
        w12 = Next(block[9], w4, w14, w12); d = Round60(e, a, b, c, d, w12); a = RotateLeft(a, 30);
        block[13] = Next(w10, block[5], block[15], block[13]); c = Round60(d, e, a, b, c, block[13]); e = RotateLeft(e, 30);
        w14 = Next(block[11], w6, w0, w14); b = Round60(c, d, e, a, b, w14); d = RotateLeft(d, 30);
        block[15] = Next(w12, block[7], block[1], block[15]); a = Round60(b, c, d, e, a, block[15]); c = RotateLeft(c, 30);

        // 4. The next hash value.
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    /// <summary>W(t) from W(t-3), W(t-8), W(t-14) and W(t-16).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Next(Lanes w3, Lanes w8, Lanes w14, Lanes w16) => RotateLeft(w3 ^ w8 ^ w14 ^ w16, 1);

    // Added from left to right, what is known first to begin with: the chain from one round to the next is a rotation and an addition.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round0(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + Vector.Create(Sha1.K[0]) + Select(b, c, d) + RotateLeft(a, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round20(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + Vector.Create(Sha1.K[1]) + (b ^ c ^ d) + RotateLeft(a, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round40(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + Vector.Create(Sha1.K[2]) + Select(b ^ c, d, c) + RotateLeft(a, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round60(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + Vector.Create(Sha1.K[3]) + (b ^ c ^ d) + RotateLeft(a, 5);
}
