using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TwoFactor.Otp;

/// <summary>
/// One HMAC keyed once and used for every candidate of a verification: keying is half the cost of a short HMAC, and the only allocation.
/// Key and HMAC stay inside the platform's implementation.
/// </summary>
internal readonly ref struct KeyedHmac : ICandidateCodes
{
    private readonly IncrementalHash _hmac;
    private readonly int _hashLength;

    public KeyedHmac(OtpAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        _hmac = IncrementalHash.CreateHMAC(NameOf(algorithm), key);
        _hashLength = LengthOf(algorithm);
    }

    /// <inheritdoc/>
    public static int Batch => 16;

    /// <inheritdoc/>
    public void Fill(long first, int digits, scoped Span<int> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Value(first + i, digits);
    }

    private int Value(long counter, int digits)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA512.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
        _hmac.AppendData(message);
        _hmac.GetHashAndReset(hash);
        var value = CodeTruncation.ToValue(hash[.._hashLength], digits);
        CryptographicOperations.ZeroMemory(hash);
        return value;
    }

    /// <summary>The value of one code, without a keyed instance and without allocation.</summary>
    [SuppressMessage("Security", "CA5350",
        Justification = "RFC 4226 is HMAC-SHA-1, which the collisions of SHA-1 do not touch (its appendix B.1).")]
    public static int SingleValue(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long counter, int digits)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA512.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
        var length = algorithm switch
        {
            OtpAlgorithm.Sha256 => HMACSHA256.HashData(key, message, hash),
            OtpAlgorithm.Sha512 => HMACSHA512.HashData(key, message, hash),
            _ => HMACSHA1.HashData(key, message, hash),
        };
        var value = CodeTruncation.ToValue(hash[..length], digits);
        CryptographicOperations.ZeroMemory(hash);
        return value;
    }

    public void Dispose() => _hmac.Dispose();

    private static HashAlgorithmName NameOf(OtpAlgorithm algorithm) => algorithm switch
    {
        OtpAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        OtpAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA1,
    };

    private static int LengthOf(OtpAlgorithm algorithm) => algorithm switch
    {
        OtpAlgorithm.Sha256 => HMACSHA256.HashSizeInBytes,
        OtpAlgorithm.Sha512 => HMACSHA512.HashSizeInBytes,
        _ => HMACSHA1.HashSizeInBytes,
    };
}
