using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
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
    [SuppressMessage("Security", "CA5350", Justification = "RFC 2104 hashes a long key with the hash of the HMAC.")]
    public void Set<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, ref LaneBlock<uint> block) where THash : ILaneHash<uint>
    {
        if (key.Length <= KeyBlock.Length)
        {
            Set<THash>(key, ref block);
            return;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = algorithm == OtpAlgorithm.Sha1 ? SHA1.HashData(key, digest) : SHA256.HashData(key, digest);
        Set<THash>(digest[..length], ref block);
        CryptographicOperations.ZeroMemory(digest);
    }

    private void Set<THash>(ReadOnlySpan<byte> key, ref LaneBlock<uint> block) where THash : ILaneHash<uint>
    {
        Span<uint> inner = block, outer = _outerBlock;
        for (var i = 0; i < KeyBlock.Words; i += Vector128<uint>.Count)
        {
            Vector128.Create(InnerPad).CopyTo(inner[i..]);
            Vector128.Create(OuterPad).CopyTo(outer[i..]);
        }

        var word = 0;
        for (; key.Length >= sizeof(uint); key = key[sizeof(uint)..]) Xor(BinaryPrimitives.ReadUInt32BigEndian(key), word++, inner, outer);
        for (var i = 0; i < key.Length; i++) Xor((uint)key[i] << (24 - 8 * i), word, inner, outer);

        for (var i = 0; i < THash.InitialState.Length; i++) _inner[i] = THash.InitialState[i];
        THash.Compress(ref _inner, ref block);
    }

    private static void Xor(uint bits, int word, Span<uint> inner, Span<uint> outer)
    {
        inner[word] ^= bits;
        outer[word] ^= bits;
    }
}
