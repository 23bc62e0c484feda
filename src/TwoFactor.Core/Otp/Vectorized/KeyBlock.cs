using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace TwoFactor.Otp.Vectorized;

/// <summary>The key as HMAC takes it (RFC 2104, section 2): one block, filled up with zeros; a longer key is hashed first.</summary>
[InlineArray(Length)]
internal struct KeyBlock
{
    /// <summary>Bytes of a block of SHA-1 and SHA-256.</summary>
    public const int Length = 64;

    /// <summary>The same in 32-bit words.</summary>
    public const int Words = Length / sizeof(uint);

    private byte _byte;

    /// <param name="algorithm">SHA-1 or SHA-256.</param>
    /// <param name="key">The key, of any length.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 2104 hashes a long key with the hash of the HMAC.")]
    public void Set(OtpAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        ((Span<byte>)this).Clear();
        if (key.Length <= Length) key.CopyTo(this);
        else if (algorithm == OtpAlgorithm.Sha1) SHA1.HashData(key, this);
        else SHA256.HashData(key, this);
    }

    /// <summary>Word <paramref name="index"/>, big-endian.</summary>
    public readonly uint Word(int index) => BinaryPrimitives.ReadUInt32BigEndian(((ReadOnlySpan<byte>)this)[(index * sizeof(uint))..]);
}
