using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TwoFactor.Otp.Vectorized.LaneOperations;
using Lanes = System.Runtime.Intrinsics.Vector256<uint>;
using Vector = System.Runtime.Intrinsics.Vector256;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// HMAC (RFC 2104) of consecutive counters side by side, in two compressions, and their codes. Of eight lanes the last one is the key's:
/// beside the inner hashes it hashes K XOR opad, which the outer ones begin with.
/// </summary>
internal static class LaneHmac256
{
    /// <summary>The one bit that follows a message, and zeros (FIPS 180-4, section 5.1.1).</summary>
    private const uint EndOfMessage = 0x80000000;

    /// <summary>How many counters there are lanes for.</summary>
    public static int Counters => Lanes.Count - 1;

    /// <summary>The values of the codes of up to as many counters as there are lanes for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="digits">Digits of a code.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="work">Room to work in, to be wiped by the caller.</param>
    public static void Fill<THash>(in HmacKey key, long first, int digits, scoped Span<int> values, ref Workspace work)
        where THash : ILaneHash<Lanes>
    {
        Compute<THash>(key, first, ref work);
        work.Block[0] = Truncate(work.Digests, THash.InitialState.Length);
        var bits = MemoryMarshal.Cast<Lanes, int>((Span<Lanes>)work.Block);
        for (var lane = 0; lane < values.Length; lane++) values[lane] = CodeTruncation.ToDigits(bits[lane], digits);
    }

    /// <summary>The digests of consecutive counters; lanes past the largest 64-bit number wrap and are not to be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compute<THash>(in HmacKey key, long first, ref Workspace work) where THash : ILaneHash<Lanes>
    {
        var keyLane = Vector.Equals(Lanes.Indices, Vector.Create((uint)Counters));
        SetBlocks(key, first, keyLane, ref work.Block);
        for (var i = 0; i < THash.InitialState.Length; i++)
            work.Digests[i] = Vector.ConditionalSelect(keyLane, Vector.Create(THash.InitialState[i]), Vector.Create(key.Inner(i)));
        THash.Compress(ref work.Digests, ref work.Block);

        work.Block = default;
        for (var i = 0; i < THash.InitialState.Length; i++)
        {
            work.Block[i] = work.Digests[i];
            work.Digests[i] = Vector.Create(work.Digests[i][Counters]);
        }

        work.Block[THash.InitialState.Length] = Vector.Create(EndOfMessage);
        work.Block[15] = Vector.Create(LengthInBits(THash.InitialState.Length));
        THash.Compress(ref work.Digests, ref work.Block);
    }

    /// <summary>K XOR opad in the key's lane, and in the others the counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetBlocks(in HmacKey key, long first, Lanes keyLane, ref LaneBlock<Lanes> block)
    {
        for (var i = 0; i < KeyBlock.Words; i += 4)
        {
            block[i] = Vector.Create(key.OuterBlock(i)) & keyLane;
            block[i + 1] = Vector.Create(key.OuterBlock(i + 1)) & keyLane;
            block[i + 2] = Vector.Create(key.OuterBlock(i + 2)) & keyLane;
            block[i + 3] = Vector.Create(key.OuterBlock(i + 3)) & keyLane;
        }

        var low = Vector.Create((uint)first) + Lanes.Indices;
        // Where the low word wrapped, the comparison is all ones, that is -1: subtracted, it carries.
        var high = Vector.Create((uint)(first >> 32)) - Vector.LessThan(low, Vector.Create((uint)first));
        block[0] |= Vector.AndNot(high, keyLane);
        block[1] |= Vector.AndNot(low, keyLane);
        block[2] |= Vector.AndNot(Vector.Create(EndOfMessage), keyLane);
        block[15] |= Vector.AndNot(Vector.Create(LengthInBits(words: 2)), keyLane);
    }

    /// <summary>The length of a message with the pad before it, which its last block ends with.</summary>
    private static uint LengthInBits(int words) => (uint)(KeyBlock.Length * 8 + words * 32);

    /// <summary>
    /// Dynamic truncation (RFC 4226, section 5.3): the 31 bits from the byte on that the last nibble of the digest names. The offset moves
    /// the words within the vectors, so that no memory is read where a secret says.
    /// </summary>
    private static Lanes Truncate(in LaneState<Lanes> digests, int digestWords)
    {
        var offset = digests[digestWords - 1];
        Lanes eight = Mask(offset, 8), four = Mask(offset, 4);
        Lanes word0 = Vector.ConditionalSelect(eight, digests[2], digests[0]);
        Lanes word1 = Vector.ConditionalSelect(eight, digests[3], digests[1]);
        Lanes word2 = Vector.ConditionalSelect(eight, digests[4], digests[2]);
        word0 = Vector.ConditionalSelect(four, word1, word0);
        word1 = Vector.ConditionalSelect(four, word2, word1);
        return BytesFrom(offset & Vector.Create(3u), word0, word1) & Vector.Create(0x7FFF_FFFFu);
    }

    /// <summary>All ones in the lanes where the bit is set.</summary>
    private static Lanes Mask(Lanes offset, uint bit) => Vector.Equals(offset & Vector.Create(bit), Vector.Create(bit));

    /// <summary>What is as secret as the codes, in one place to be wiped at once.</summary>
    internal struct Workspace
    {
        public LaneBlock<Lanes> Block;

        public LaneState<Lanes> Digests;
    }
}
