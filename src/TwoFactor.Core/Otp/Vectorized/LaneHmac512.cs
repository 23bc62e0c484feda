using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lanes = System.Runtime.Intrinsics.Vector512<uint>;
using Vector = System.Runtime.Intrinsics.Vector512;

namespace TwoFactor.Otp.Vectorized;

/// <summary>HMAC (RFC 2104) of sixteen consecutive counters side by side, in two compressions, and their codes.</summary>
internal static class LaneHmac512
{
    /// <summary>The values of the codes of up to as many counters as there are lanes.</summary>
    /// <param name="pads">The key's states.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="digits">Digits of a code.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="work">Room to work in, to be wiped by the caller.</param>
    public static void Fill<THash>(in PadStates pads, long first, int digits, scoped Span<int> values, ref Workspace work)
        where THash : ILaneHash<Lanes>
    {
        Compute<THash>(pads, first, ref work);
        var words = MemoryMarshal.Cast<Lanes, uint>((Span<Lanes>)work.Digests);
        for (var lane = 0; lane < values.Length; lane++)
            values[lane] = LaneTruncation.ToValue(words, Lanes.Count, lane, THash.InitialState.Length, digits);
    }

    /// <summary>The digests of consecutive counters; lanes past the largest 64-bit number wrap and are not to be read.</summary>
    public static void Compute<THash>(in PadStates pads, long first, ref Workspace work) where THash : ILaneHash<Lanes>
    {
        var low = Vector.Create((uint)first) + Lanes.Indices;
        // Where the low word wrapped, the comparison is all ones, that is -1: subtracted, it carries.
        work.Block[0] = Vector.Create((uint)(first >> 32)) - Vector.LessThan(low, Vector.Create((uint)first));
        work.Block[1] = low;
        Pad(ref work.Block, messageWords: 2);
        for (var i = 0; i < THash.InitialState.Length; i++) work.Digests[i] = Vector.Create(pads.Inner(i));
        THash.Compress(ref work.Digests, ref work.Block);

        for (var i = 0; i < THash.InitialState.Length; i++)
        {
            work.Block[i] = work.Digests[i];
            work.Digests[i] = Vector.Create(pads.Outer(i));
        }

        Pad(ref work.Block, THash.InitialState.Length);
        THash.Compress(ref work.Digests, ref work.Block);
    }

    /// <summary>Ends the message (FIPS 180-4, section 5.1.1): a one bit, zeros, the length in bits with the pad before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pad(ref LaneBlock<Lanes> block, int messageWords)
    {
        block[messageWords] = Vector.Create(0x80000000u);
        for (var i = messageWords + 1; i < 15; i++) block[i] = Lanes.Zero;
        block[15] = Vector.Create((uint)(KeyBlock.Length * 8 + messageWords * 32));
    }

    /// <summary>What is as secret as the codes, in one place to be wiped at once.</summary>
    internal struct Workspace
    {
        public LaneBlock<Lanes> Block;

        public LaneState<Lanes> Digests;
    }
}
