using System.Runtime.CompilerServices;
using static TwoFactor.Otp.Vectorized.LaneOperations;
using Lanes = System.Runtime.Intrinsics.Vector512<uint>;
using Vector = System.Runtime.Intrinsics.Vector512;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// SHA-1 (FIPS 180-4, section 6.1.2) of sixteen messages side by side, one a lane. Unrolled: one line is one round t, with the five working
/// variables renamed instead of moved. No branch and no memory access depends on data.
/// Twenty-one vectors are alive throughout: a kernel for machines with 32 vector registers; see <see cref="Sha1Lean256"/>.
/// </summary>
internal readonly struct Sha1Lanes512 : ILaneHash<Lanes>
{
    public static ReadOnlySpan<uint> InitialState => Sha1.InitialState;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ref LaneState<Lanes> state, ref LaneBlock<Lanes> block)
    {
        // 1. The first sixteen words of the message schedule; the others replace them as they are needed.
        Lanes w0 = block[0], w1 = block[1], w2 = block[2], w3 = block[3];
        Lanes w4 = block[4], w5 = block[5], w6 = block[6], w7 = block[7];
        Lanes w8 = block[8], w9 = block[9], w10 = block[10], w11 = block[11];
        Lanes w12 = block[12], w13 = block[13], w14 = block[14], w15 = block[15];

        // 2. The working variables.
        Lanes a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];

        // 3. Eighty rounds.
        // Rounds 0 to 19: choose.
        e = Round0(a, b, c, d, e, w0); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, w1); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, w2); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, w3); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, w4); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, w5); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, w6); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, w7); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, w8); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, w9); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, w10); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, w11); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, w12); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, w13); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, w14); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, w15); b = RotateLeft(b, 30);
        w0 = Next(w13, w8, w2, w0); d = Round0(e, a, b, c, d, w0); a = RotateLeft(a, 30);
        w1 = Next(w14, w9, w3, w1); c = Round0(d, e, a, b, c, w1); e = RotateLeft(e, 30);
        w2 = Next(w15, w10, w4, w2); b = Round0(c, d, e, a, b, w2); d = RotateLeft(d, 30);
        w3 = Next(w0, w11, w5, w3); a = Round0(b, c, d, e, a, w3); c = RotateLeft(c, 30);

        // Rounds 20 to 39: parity.
        w4 = Next(w1, w12, w6, w4); e = Round20(a, b, c, d, e, w4); b = RotateLeft(b, 30);
        w5 = Next(w2, w13, w7, w5); d = Round20(e, a, b, c, d, w5); a = RotateLeft(a, 30);
        w6 = Next(w3, w14, w8, w6); c = Round20(d, e, a, b, c, w6); e = RotateLeft(e, 30);
        w7 = Next(w4, w15, w9, w7); b = Round20(c, d, e, a, b, w7); d = RotateLeft(d, 30);
        w8 = Next(w5, w0, w10, w8); a = Round20(b, c, d, e, a, w8); c = RotateLeft(c, 30);
        w9 = Next(w6, w1, w11, w9); e = Round20(a, b, c, d, e, w9); b = RotateLeft(b, 30);
        w10 = Next(w7, w2, w12, w10); d = Round20(e, a, b, c, d, w10); a = RotateLeft(a, 30);
        w11 = Next(w8, w3, w13, w11); c = Round20(d, e, a, b, c, w11); e = RotateLeft(e, 30);
        w12 = Next(w9, w4, w14, w12); b = Round20(c, d, e, a, b, w12); d = RotateLeft(d, 30);
        w13 = Next(w10, w5, w15, w13); a = Round20(b, c, d, e, a, w13); c = RotateLeft(c, 30);
        w14 = Next(w11, w6, w0, w14); e = Round20(a, b, c, d, e, w14); b = RotateLeft(b, 30);
        w15 = Next(w12, w7, w1, w15); d = Round20(e, a, b, c, d, w15); a = RotateLeft(a, 30);
        w0 = Next(w13, w8, w2, w0); c = Round20(d, e, a, b, c, w0); e = RotateLeft(e, 30);
        w1 = Next(w14, w9, w3, w1); b = Round20(c, d, e, a, b, w1); d = RotateLeft(d, 30);
        w2 = Next(w15, w10, w4, w2); a = Round20(b, c, d, e, a, w2); c = RotateLeft(c, 30);
        w3 = Next(w0, w11, w5, w3); e = Round20(a, b, c, d, e, w3); b = RotateLeft(b, 30);
        w4 = Next(w1, w12, w6, w4); d = Round20(e, a, b, c, d, w4); a = RotateLeft(a, 30);
        w5 = Next(w2, w13, w7, w5); c = Round20(d, e, a, b, c, w5); e = RotateLeft(e, 30);
        w6 = Next(w3, w14, w8, w6); b = Round20(c, d, e, a, b, w6); d = RotateLeft(d, 30);
        w7 = Next(w4, w15, w9, w7); a = Round20(b, c, d, e, a, w7); c = RotateLeft(c, 30);

        // Rounds 40 to 59: majority.
        w8 = Next(w5, w0, w10, w8); e = Round40(a, b, c, d, e, w8); b = RotateLeft(b, 30);
        w9 = Next(w6, w1, w11, w9); d = Round40(e, a, b, c, d, w9); a = RotateLeft(a, 30);
        w10 = Next(w7, w2, w12, w10); c = Round40(d, e, a, b, c, w10); e = RotateLeft(e, 30);
        w11 = Next(w8, w3, w13, w11); b = Round40(c, d, e, a, b, w11); d = RotateLeft(d, 30);
        w12 = Next(w9, w4, w14, w12); a = Round40(b, c, d, e, a, w12); c = RotateLeft(c, 30);
        w13 = Next(w10, w5, w15, w13); e = Round40(a, b, c, d, e, w13); b = RotateLeft(b, 30);
        w14 = Next(w11, w6, w0, w14); d = Round40(e, a, b, c, d, w14); a = RotateLeft(a, 30);
        w15 = Next(w12, w7, w1, w15); c = Round40(d, e, a, b, c, w15); e = RotateLeft(e, 30);
        w0 = Next(w13, w8, w2, w0); b = Round40(c, d, e, a, b, w0); d = RotateLeft(d, 30);
        w1 = Next(w14, w9, w3, w1); a = Round40(b, c, d, e, a, w1); c = RotateLeft(c, 30);
        w2 = Next(w15, w10, w4, w2); e = Round40(a, b, c, d, e, w2); b = RotateLeft(b, 30);
        w3 = Next(w0, w11, w5, w3); d = Round40(e, a, b, c, d, w3); a = RotateLeft(a, 30);
        w4 = Next(w1, w12, w6, w4); c = Round40(d, e, a, b, c, w4); e = RotateLeft(e, 30);
        w5 = Next(w2, w13, w7, w5); b = Round40(c, d, e, a, b, w5); d = RotateLeft(d, 30);
        w6 = Next(w3, w14, w8, w6); a = Round40(b, c, d, e, a, w6); c = RotateLeft(c, 30);
        w7 = Next(w4, w15, w9, w7); e = Round40(a, b, c, d, e, w7); b = RotateLeft(b, 30);
        w8 = Next(w5, w0, w10, w8); d = Round40(e, a, b, c, d, w8); a = RotateLeft(a, 30);
        w9 = Next(w6, w1, w11, w9); c = Round40(d, e, a, b, c, w9); e = RotateLeft(e, 30);
        w10 = Next(w7, w2, w12, w10); b = Round40(c, d, e, a, b, w10); d = RotateLeft(d, 30);
        w11 = Next(w8, w3, w13, w11); a = Round40(b, c, d, e, a, w11); c = RotateLeft(c, 30);

        // Rounds 60 to 79: parity.
        w12 = Next(w9, w4, w14, w12); e = Round60(a, b, c, d, e, w12); b = RotateLeft(b, 30);
        w13 = Next(w10, w5, w15, w13); d = Round60(e, a, b, c, d, w13); a = RotateLeft(a, 30);
        w14 = Next(w11, w6, w0, w14); c = Round60(d, e, a, b, c, w14); e = RotateLeft(e, 30);
        w15 = Next(w12, w7, w1, w15); b = Round60(c, d, e, a, b, w15); d = RotateLeft(d, 30);
        w0 = Next(w13, w8, w2, w0); a = Round60(b, c, d, e, a, w0); c = RotateLeft(c, 30);
        w1 = Next(w14, w9, w3, w1); e = Round60(a, b, c, d, e, w1); b = RotateLeft(b, 30);
        w2 = Next(w15, w10, w4, w2); d = Round60(e, a, b, c, d, w2); a = RotateLeft(a, 30);
        w3 = Next(w0, w11, w5, w3); c = Round60(d, e, a, b, c, w3); e = RotateLeft(e, 30);
        w4 = Next(w1, w12, w6, w4); b = Round60(c, d, e, a, b, w4); d = RotateLeft(d, 30);
        w5 = Next(w2, w13, w7, w5); a = Round60(b, c, d, e, a, w5); c = RotateLeft(c, 30);
        w6 = Next(w3, w14, w8, w6); e = Round60(a, b, c, d, e, w6); b = RotateLeft(b, 30);
        w7 = Next(w4, w15, w9, w7); d = Round60(e, a, b, c, d, w7); a = RotateLeft(a, 30);
        w8 = Next(w5, w0, w10, w8); c = Round60(d, e, a, b, c, w8); e = RotateLeft(e, 30);
        w9 = Next(w6, w1, w11, w9); b = Round60(c, d, e, a, b, w9); d = RotateLeft(d, 30);
        w10 = Next(w7, w2, w12, w10); a = Round60(b, c, d, e, a, w10); c = RotateLeft(c, 30);
        w11 = Next(w8, w3, w13, w11); e = Round60(a, b, c, d, e, w11); b = RotateLeft(b, 30);
        w12 = Next(w9, w4, w14, w12); d = Round60(e, a, b, c, d, w12); a = RotateLeft(a, 30);
        w13 = Next(w10, w5, w15, w13); c = Round60(d, e, a, b, c, w13); e = RotateLeft(e, 30);
        w14 = Next(w11, w6, w0, w14); b = Round60(c, d, e, a, b, w14); d = RotateLeft(d, 30);
        w15 = Next(w12, w7, w1, w15); a = Round60(b, c, d, e, a, w15); c = RotateLeft(c, 30);

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
