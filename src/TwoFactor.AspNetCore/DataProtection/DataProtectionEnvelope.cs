using System.Buffers.Binary;

namespace TwoFactor.AspNetCore.DataProtection;

/// <summary>
/// The layout of a secret under Data Protection: version (1 byte), length of the payload (2, big endian), payload, zeros. The zeros make every envelope
/// longer than its secret by the same number of bytes, whatever algorithm the key ring uses, so that the length of an envelope says how long its secret
/// is. The payload is the framework's: magic header (4), key id (16), the rest.
/// </summary>
internal readonly ref struct DataProtectionEnvelope
{
    public const byte Version = 2;

    /// <summary>
    /// How much longer than its secret an envelope is. The framework's ciphers add 65 bytes (GCM) to 132 (CBC with HMAC-SHA-512 and a whole block of
    /// padding).
    /// </summary>
    public const int Overhead = 160;

    /// <summary>The longest secret, in bytes.</summary>
    public const int MaxSecretLength = ushort.MaxValue - Overhead;

    private const int HeaderLength = 3;
    private const int PayloadHeaderLength = 4 + 16;
    private const uint Magic = 0x09F0C9F0;

    private DataProtectionEnvelope(ReadOnlySpan<byte> payload) => Payload = payload;

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The key it was protected under.</summary>
    public Guid KeyId => KeyIdOf(Payload);

    public static byte[] Make(ReadOnlySpan<byte> payload, int secretLength)
    {
        var envelope = new byte[secretLength + Overhead];
        if (HeaderLength + payload.Length > envelope.Length)
            throw new InvalidOperationException($"Data Protection's algorithm adds more than {Overhead - HeaderLength} bytes to a secret, which this protector does not hold.");
        envelope[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(envelope.AsSpan(1), checked((ushort)payload.Length));
        payload.CopyTo(envelope.AsSpan(HeaderLength));
        return envelope;
    }

    public static bool TryParse(ReadOnlySpan<byte> bytes, out DataProtectionEnvelope envelope)
    {
        envelope = default;
        if (bytes.Length < Overhead || bytes[0] != Version) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        if (length < PayloadHeaderLength || length > bytes.Length - HeaderLength) return false;
        var payload = bytes.Slice(HeaderLength, length);
        if (BinaryPrimitives.ReadUInt32BigEndian(payload) != Magic || bytes[(HeaderLength + length)..].ContainsAnyExcept((byte)0)) return false;
        envelope = new DataProtectionEnvelope(payload);
        return true;
    }

    /// <summary>The key id in the framework's documented header of a protected payload.</summary>
    public static Guid KeyIdOf(ReadOnlySpan<byte> payload) => new(payload.Slice(4, 16));
}
