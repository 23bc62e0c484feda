using System.Runtime.CompilerServices;
using static TwoFactor.Otp.Vectorized.LaneOperations;
using static TwoFactor.Otp.Vectorized.Sha1Schedule;
using Lanes = uint;
using Words = System.Runtime.Intrinsics.Vector128<uint>;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// SHA-1 (FIPS 180-4, section 6.1.2) of one message. Unrolled: one line is one round t, with the five working
/// variables renamed instead of moved. No branch and no memory access depends on data.
/// The schedule is <see cref="Sha1Schedule"/>: it stays three groups of four words ahead, and leaves each word with its K in the block.
/// </summary>
internal readonly struct Sha1Single : ILaneHash<Lanes>
{
    public static ReadOnlySpan<uint> InitialState => Sha1.InitialState;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ref LaneState<Lanes> state, ref LaneBlock<Lanes> block)
    {
        // 1. The first sixteen words of the message schedule, four in a vector; the others replace them as they are needed.
        Words w0 = Load(block[..4]), w1 = Load(block[4..8]), w2 = Load(block[8..12]), w3 = Load(block[12..]), w4, w5, w6, w7;

        // 2. The working variables.
        Lanes a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];

        // 3. Eighty rounds.
        // Rounds 0 to 19: choose.
        Store(w0, 0, ref block[0]);
        Store(w1, 0, ref block[4]);
        Store(w2, 0, ref block[8]);
        Store(w3, 0, ref block[12]);
        e = Round0(a, b, c, d, e, block[0]); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, block[1]); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, block[2]); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, block[3]); d = RotateLeft(d, 30);
        w4 = Next(w0, w1, w2, w3); Store(w4, 0, ref block[0]);
        a = Round0(b, c, d, e, a, block[4]); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, block[5]); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, block[6]); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, block[7]); e = RotateLeft(e, 30);
        w5 = Next(w1, w2, w3, w4); Store(w5, 1, ref block[4]);
        b = Round0(c, d, e, a, b, block[8]); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, block[9]); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, block[10]); b = RotateLeft(b, 30);
        d = Round0(e, a, b, c, d, block[11]); a = RotateLeft(a, 30);
        w6 = Next(w2, w3, w4, w5); Store(w6, 1, ref block[8]);
        c = Round0(d, e, a, b, c, block[12]); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, block[13]); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, block[14]); c = RotateLeft(c, 30);
        e = Round0(a, b, c, d, e, block[15]); b = RotateLeft(b, 30);
        w7 = Next(w3, w4, w5, w6); Store(w7, 1, ref block[12]);
        d = Round0(e, a, b, c, d, block[0]); a = RotateLeft(a, 30);
        c = Round0(d, e, a, b, c, block[1]); e = RotateLeft(e, 30);
        b = Round0(c, d, e, a, b, block[2]); d = RotateLeft(d, 30);
        a = Round0(b, c, d, e, a, block[3]); c = RotateLeft(c, 30);

        // Rounds 20 to 39: parity.
        w0 = Next(w0, w1, w4, w6, w7); Store(w0, 1, ref block[0]);
        e = Round20(a, b, c, d, e, block[4]); b = RotateLeft(b, 30);
        d = Round20(e, a, b, c, d, block[5]); a = RotateLeft(a, 30);
        c = Round20(d, e, a, b, c, block[6]); e = RotateLeft(e, 30);
        b = Round20(c, d, e, a, b, block[7]); d = RotateLeft(d, 30);
        w1 = Next(w1, w2, w5, w7, w0); Store(w1, 1, ref block[4]);
        a = Round20(b, c, d, e, a, block[8]); c = RotateLeft(c, 30);
        e = Round20(a, b, c, d, e, block[9]); b = RotateLeft(b, 30);
        d = Round20(e, a, b, c, d, block[10]); a = RotateLeft(a, 30);
        c = Round20(d, e, a, b, c, block[11]); e = RotateLeft(e, 30);
        w2 = Next(w2, w3, w6, w0, w1); Store(w2, 2, ref block[8]);
        b = Round20(c, d, e, a, b, block[12]); d = RotateLeft(d, 30);
        a = Round20(b, c, d, e, a, block[13]); c = RotateLeft(c, 30);
        e = Round20(a, b, c, d, e, block[14]); b = RotateLeft(b, 30);
        d = Round20(e, a, b, c, d, block[15]); a = RotateLeft(a, 30);
        w3 = Next(w3, w4, w7, w1, w2); Store(w3, 2, ref block[12]);
        c = Round20(d, e, a, b, c, block[0]); e = RotateLeft(e, 30);
        b = Round20(c, d, e, a, b, block[1]); d = RotateLeft(d, 30);
        a = Round20(b, c, d, e, a, block[2]); c = RotateLeft(c, 30);
        e = Round20(a, b, c, d, e, block[3]); b = RotateLeft(b, 30);
        w4 = Next(w4, w5, w0, w2, w3); Store(w4, 2, ref block[0]);
        d = Round20(e, a, b, c, d, block[4]); a = RotateLeft(a, 30);
        c = Round20(d, e, a, b, c, block[5]); e = RotateLeft(e, 30);
        b = Round20(c, d, e, a, b, block[6]); d = RotateLeft(d, 30);
        a = Round20(b, c, d, e, a, block[7]); c = RotateLeft(c, 30);

        // Rounds 40 to 59: majority.
        w5 = Next(w5, w6, w1, w3, w4); Store(w5, 2, ref block[4]);
        e = Round40(a, b, c, d, e, block[8]); b = RotateLeft(b, 30);
        d = Round40(e, a, b, c, d, block[9]); a = RotateLeft(a, 30);
        c = Round40(d, e, a, b, c, block[10]); e = RotateLeft(e, 30);
        b = Round40(c, d, e, a, b, block[11]); d = RotateLeft(d, 30);
        w6 = Next(w6, w7, w2, w4, w5); Store(w6, 2, ref block[8]);
        a = Round40(b, c, d, e, a, block[12]); c = RotateLeft(c, 30);
        e = Round40(a, b, c, d, e, block[13]); b = RotateLeft(b, 30);
        d = Round40(e, a, b, c, d, block[14]); a = RotateLeft(a, 30);
        c = Round40(d, e, a, b, c, block[15]); e = RotateLeft(e, 30);
        w7 = Next(w7, w0, w3, w5, w6); Store(w7, 3, ref block[12]);
        b = Round40(c, d, e, a, b, block[0]); d = RotateLeft(d, 30);
        a = Round40(b, c, d, e, a, block[1]); c = RotateLeft(c, 30);
        e = Round40(a, b, c, d, e, block[2]); b = RotateLeft(b, 30);
        d = Round40(e, a, b, c, d, block[3]); a = RotateLeft(a, 30);
        w0 = Next(w0, w1, w4, w6, w7); Store(w0, 3, ref block[0]);
        c = Round40(d, e, a, b, c, block[4]); e = RotateLeft(e, 30);
        b = Round40(c, d, e, a, b, block[5]); d = RotateLeft(d, 30);
        a = Round40(b, c, d, e, a, block[6]); c = RotateLeft(c, 30);
        e = Round40(a, b, c, d, e, block[7]); b = RotateLeft(b, 30);
        w1 = Next(w1, w2, w5, w7, w0); Store(w1, 3, ref block[4]);
        d = Round40(e, a, b, c, d, block[8]); a = RotateLeft(a, 30);
        c = Round40(d, e, a, b, c, block[9]); e = RotateLeft(e, 30);
        b = Round40(c, d, e, a, b, block[10]); d = RotateLeft(d, 30);
        a = Round40(b, c, d, e, a, block[11]); c = RotateLeft(c, 30);

        // Rounds 60 to 79: parity.
        w2 = Next(w2, w3, w6, w0, w1); Store(w2, 3, ref block[8]);
        e = Round60(a, b, c, d, e, block[12]); b = RotateLeft(b, 30);
        d = Round60(e, a, b, c, d, block[13]); a = RotateLeft(a, 30);
        c = Round60(d, e, a, b, c, block[14]); e = RotateLeft(e, 30);
        b = Round60(c, d, e, a, b, block[15]); d = RotateLeft(d, 30);
        w3 = Next(w3, w4, w7, w1, w2); Store(w3, 3, ref block[12]);
        a = Round60(b, c, d, e, a, block[0]); c = RotateLeft(c, 30);
        e = Round60(a, b, c, d, e, block[1]); b = RotateLeft(b, 30);
        d = Round60(e, a, b, c, d, block[2]); a = RotateLeft(a, 30);
        c = Round60(d, e, a, b, c, block[3]); e = RotateLeft(e, 30);
        b = Round60(c, d, e, a, b, block[4]); d = RotateLeft(d, 30);
        a = Round60(b, c, d, e, a, block[5]); c = RotateLeft(c, 30);
        e = Round60(a, b, c, d, e, block[6]); b = RotateLeft(b, 30);
        d = Round60(e, a, b, c, d, block[7]); a = RotateLeft(a, 30);
        c = Round60(d, e, a, b, c, block[8]); e = RotateLeft(e, 30);
        b = Round60(c, d, e, a, b, block[9]); d = RotateLeft(d, 30);
        a = Round60(b, c, d, e, a, block[10]); c = RotateLeft(c, 30);
        e = Round60(a, b, c, d, e, block[11]); b = RotateLeft(b, 30);
        d = Round60(e, a, b, c, d, block[12]); a = RotateLeft(a, 30);
        c = Round60(d, e, a, b, c, block[13]); e = RotateLeft(e, 30);
        b = Round60(c, d, e, a, b, block[14]); d = RotateLeft(d, 30);
        a = Round60(b, c, d, e, a, block[15]); c = RotateLeft(c, 30);

        // 4. The next hash value.
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    // K is in w already. Added from left to right, what is known first: the chain from one round to the next is a rotation and an addition.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round0(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + Select(b, c, d) + RotateLeft(a, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round20(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + (c ^ d ^ b) + RotateLeft(a, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round40(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + (c & d) + ((c ^ d) & b) + RotateLeft(a, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round60(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes w) =>
        e + w + (c ^ d ^ b) + RotateLeft(a, 5);
}
