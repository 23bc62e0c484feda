using System.Runtime.CompilerServices;
using static TwoFactor.Otp.Vectorized.LaneOperations;
using Lanes = uint;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// SHA-256 (FIPS 180-4, section 6.2.2) of one message. Unrolled: one line is one round t, with the working
/// variables renamed instead of moved. No branch and no memory access depends on data.
/// </summary>
internal readonly struct Sha256Single : ILaneHash<Lanes>
{
    public static ReadOnlySpan<uint> InitialState => Sha256.InitialState;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ref LaneState<Lanes> state, ref LaneBlock<Lanes> w)
    {
        // 1. The first sixteen words of the message schedule are the block; the others replace them as they are needed.
        // 2. The working variables.
        Lanes a = state[0], b = state[1], c = state[2], d = state[3];
        Lanes e = state[4], f = state[5], g = state[6], h = state[7];

        // 3. Sixty-four rounds: sixteen with the words of the message, then three times sixteen with those that follow from them.
        h = First(e, f, g, h, Sha256.K[0], w[0]); d += h; h += Second(a, b, c);
        g = First(d, e, f, g, Sha256.K[1], w[1]); c += g; g += Second(h, a, b);
        f = First(c, d, e, f, Sha256.K[2], w[2]); b += f; f += Second(g, h, a);
        e = First(b, c, d, e, Sha256.K[3], w[3]); a += e; e += Second(f, g, h);
        d = First(a, b, c, d, Sha256.K[4], w[4]); h += d; d += Second(e, f, g);
        c = First(h, a, b, c, Sha256.K[5], w[5]); g += c; c += Second(d, e, f);
        b = First(g, h, a, b, Sha256.K[6], w[6]); f += b; b += Second(c, d, e);
        a = First(f, g, h, a, Sha256.K[7], w[7]); e += a; a += Second(b, c, d);
        h = First(e, f, g, h, Sha256.K[8], w[8]); d += h; h += Second(a, b, c);
        g = First(d, e, f, g, Sha256.K[9], w[9]); c += g; g += Second(h, a, b);
        f = First(c, d, e, f, Sha256.K[10], w[10]); b += f; f += Second(g, h, a);
        e = First(b, c, d, e, Sha256.K[11], w[11]); a += e; e += Second(f, g, h);
        d = First(a, b, c, d, Sha256.K[12], w[12]); h += d; d += Second(e, f, g);
        c = First(h, a, b, c, Sha256.K[13], w[13]); g += c; c += Second(d, e, f);
        b = First(g, h, a, b, Sha256.K[14], w[14]); f += b; b += Second(c, d, e);
        a = First(f, g, h, a, Sha256.K[15], w[15]); e += a; a += Second(b, c, d);
        for (var t = 16; t < 64; t += 16)
        {
            w[0] = Next(w[14], w[9], w[1], w[0]); h = First(e, f, g, h, Sha256.K[t], w[0]); d += h; h += Second(a, b, c);
            w[1] = Next(w[15], w[10], w[2], w[1]); g = First(d, e, f, g, Sha256.K[t + 1], w[1]); c += g; g += Second(h, a, b);
            w[2] = Next(w[0], w[11], w[3], w[2]); f = First(c, d, e, f, Sha256.K[t + 2], w[2]); b += f; f += Second(g, h, a);
            w[3] = Next(w[1], w[12], w[4], w[3]); e = First(b, c, d, e, Sha256.K[t + 3], w[3]); a += e; e += Second(f, g, h);
            w[4] = Next(w[2], w[13], w[5], w[4]); d = First(a, b, c, d, Sha256.K[t + 4], w[4]); h += d; d += Second(e, f, g);
            w[5] = Next(w[3], w[14], w[6], w[5]); c = First(h, a, b, c, Sha256.K[t + 5], w[5]); g += c; c += Second(d, e, f);
            w[6] = Next(w[4], w[15], w[7], w[6]); b = First(g, h, a, b, Sha256.K[t + 6], w[6]); f += b; b += Second(c, d, e);
            w[7] = Next(w[5], w[0], w[8], w[7]); a = First(f, g, h, a, Sha256.K[t + 7], w[7]); e += a; a += Second(b, c, d);
            w[8] = Next(w[6], w[1], w[9], w[8]); h = First(e, f, g, h, Sha256.K[t + 8], w[8]); d += h; h += Second(a, b, c);
            w[9] = Next(w[7], w[2], w[10], w[9]); g = First(d, e, f, g, Sha256.K[t + 9], w[9]); c += g; g += Second(h, a, b);
            w[10] = Next(w[8], w[3], w[11], w[10]); f = First(c, d, e, f, Sha256.K[t + 10], w[10]); b += f; f += Second(g, h, a);
            w[11] = Next(w[9], w[4], w[12], w[11]); e = First(b, c, d, e, Sha256.K[t + 11], w[11]); a += e; e += Second(f, g, h);
            w[12] = Next(w[10], w[5], w[13], w[12]); d = First(a, b, c, d, Sha256.K[t + 12], w[12]); h += d; d += Second(e, f, g);
            w[13] = Next(w[11], w[6], w[14], w[13]); c = First(h, a, b, c, Sha256.K[t + 13], w[13]); g += c; c += Second(d, e, f);
            w[14] = Next(w[12], w[7], w[15], w[14]); b = First(g, h, a, b, Sha256.K[t + 14], w[14]); f += b; b += Second(c, d, e);
            w[15] = Next(w[13], w[8], w[0], w[15]); a = First(f, g, h, a, Sha256.K[t + 15], w[15]); e += a; a += Second(b, c, d);
        }

        // 4. The next hash value.
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    /// <summary>W(t) from W(t-2), W(t-7), W(t-15) and W(t-16).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Next(Lanes w2, Lanes w7, Lanes w15, Lanes w16) =>
        (RotateRight(w2, 17) ^ RotateRight(w2, 19) ^ (w2 >>> 10)) + w7 + ((RotateRight(w15, 7) ^ RotateRight(w15, 18) ^ (w15 >>> 3)) + w16);

    /// <summary>T1: h, the big sigma 1 of e, choose, the round's constant and word, what is known first added first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes First(Lanes e, Lanes f, Lanes g, Lanes h, uint k, Lanes w) =>
        h + w + k + Select(e, f, g) + (RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25));

    /// <summary>T2: the big sigma 0 of a, and majority.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Second(Lanes a, Lanes b, Lanes c) =>
        (RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22)) + Select(a ^ b, c, b);
}
