using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// What HMAC keeps of a key, as secret as the key: the block K XOR opad, and the state after the block K XOR ipad (RFC 2104, section 4).
/// That one comes before every message and is hashed by itself, as fast as one block can be; the outer one rides in a lane beside the
/// messages.
/// </summary>
internal struct HmacKey
{
    private const uint InnerPad = 0x36363636, OuterPad = 0x5c5c5c5c;

    private LaneBlock<uint> _outerBlock;
    private LaneState<uint> _inner;

    /// <summary>Word <paramref name="index"/> of the block K XOR opad.</summary>
    public readonly uint OuterBlock(int index) => _outerBlock[index];

    /// <summary>Word <paramref name="index"/> of the state after K XOR ipad.</summary>
    public readonly uint Inner(int index) => _inner[index];

    /// <param name="algorithm">SHA-1 or SHA-256.</param>
    /// <param name="key">The key, of any length. One longer than a block is hashed first (RFC 2104, section 2).</param>
    /// <param name="block">Room to work in, to be wiped by the caller.</param>
    public void Set<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, ref LaneBlock<uint> block) where THash : ILaneHash<uint>
    {
        if (key.Length <= KeyBlock.Length) Set<THash>(key, ref block);
        else SetHashed<THash>(algorithm, key, ref block);
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 2104 hashes a long key with the hash of the HMAC.")]
    private void SetHashed<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, ref LaneBlock<uint> block) where THash : ILaneHash<uint>
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = algorithm == OtpAlgorithm.Sha1 ? SHA1.HashData(key, digest) : SHA256.HashData(key, digest);
        Set<THash>(digest[..length], ref block);
        CryptographicOperations.ZeroMemory(digest);
    }

    private void Set<THash>(ReadOnlySpan<byte> key, ref LaneBlock<uint> block) where THash : ILaneHash<uint>
    {
        for (var word = 0; word < KeyBlock.Words; word += Vector128<uint>.Count)
        {
            var words = Words(key);
            (words ^ Vector128.Create(InnerPad)).StoreUnsafe(ref block[word]);
            (words ^ Vector128.Create(OuterPad)).StoreUnsafe(ref _outerBlock[word]);
            key = key[Math.Min(Vector128<byte>.Count, key.Length)..];
        }

        for (var i = 0; i < THash.InitialState.Length; i++) _inner[i] = THash.InitialState[i];
        THash.Compress(ref _inner, ref block);
    }

    /// <summary>The next four words of the key, which is followed by zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Words(ReadOnlySpan<byte> key) => key.Length >= Vector128<byte>.Count
        ? Vector128.Shuffle(Vector128.Create(key), Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32()
        : Vector128.Create(Word(key, 0), Word(key, 1), Word(key, 2), Word(key, 3));

    private static uint Word(ReadOnlySpan<byte> key, int index)
    {
        var first = index * sizeof(uint);
        if (key.Length >= first + sizeof(uint)) return BinaryPrimitives.ReadUInt32BigEndian(key[first..]);
        uint word = 0;
        for (var i = first; i < key.Length; i++) word |= (uint)key[i] << (24 - 8 * (i - first));
        return word;
    }
}
