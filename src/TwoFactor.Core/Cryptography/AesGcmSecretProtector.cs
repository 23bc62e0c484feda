using System.Security.Cryptography;

namespace TwoFactor.Cryptography;

/// <summary>
/// Protects secrets with AES-256-GCM (NIST SP 800-38D) by the platform's implementation. The envelope is
/// {version, key id, 96-bit random nonce, ciphertext, 128-bit tag}; version and key id are authenticated along with the caller's
/// associated data. Safe for concurrent use.
/// </summary>
/// <remarks>
/// With random nonces one key should protect at most 2^32 secrets (SP 800-38D section 8.3): rotate long before. The ring belongs to the
/// caller and must outlive the protector.
/// </remarks>
public sealed class AesGcmSecretProtector : ISecretProtector, IDisposable
{
    private const int StackLimit = 256;

    private readonly SecretKeyRing _ring;
    private readonly AesGcmPool[] _pools;
    private readonly AesGcmPool _current;

    /// <summary>Protects under the current key of <paramref name="ring"/>, and opens what any of its keys protected.</summary>
    /// <param name="ring">The keys.</param>
    public AesGcmSecretProtector(SecretKeyRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        _ring = ring;
        _pools = [.. ring.Keys.All.Select(key => new AesGcmPool(key))];
        _current = Array.Find(_pools, pool => ReferenceEquals(pool.Key, ring.Keys.Current))!;
    }

    /// <inheritdoc/>
    public byte[] Protect(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associatedData)
    {
        var id = _current.Key.IdBytes;
        var bytes = new byte[SecretEnvelope.LengthFor(id.Length, secret.Length)];
        bytes[0] = SecretEnvelope.Version;
        bytes[1] = (byte)id.Length;
        id.CopyTo(bytes.AsSpan(2));
        var headerLength = 2 + id.Length;
        var nonce = bytes.AsSpan(headerLength, SecretEnvelope.NonceLength);
        RandomNumberGenerator.Fill(nonce);
        var ciphertext = bytes.AsSpan(headerLength + SecretEnvelope.NonceLength, secret.Length);
        var tag = bytes.AsSpan(bytes.Length - SecretEnvelope.TagLength);

        var length = headerLength + associatedData.Length;
        var data = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        Join(bytes.AsSpan(0, headerLength), associatedData, data);
        var aes = _current.Rent();
        try
        {
            aes.Encrypt(nonce, secret, ciphertext, tag, data);
        }
        finally
        {
            _current.Return(aes);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public UnprotectOutcome Unprotect(
        ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < GetMaxSecretLength(envelope.Length))
        {
            throw new ArgumentException(
                $"The destination must have {nameof(GetMaxSecretLength)}(envelope.Length) bytes.", nameof(destination));
        }

        destination.Clear();
        if (!SecretEnvelope.TryParse(envelope, out var parts)) return UnprotectOutcome.Invalid;
        if (FindPool(parts.KeyId) is not { } pool) return UnprotectOutcome.KeyMissing;

        var length = parts.Header.Length + associatedData.Length;
        var data = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        Join(parts.Header, associatedData, data);
        var secret = destination[..parts.Ciphertext.Length];
        var aes = pool.Rent();
        try
        {
            aes.Decrypt(parts.Nonce, parts.Ciphertext, parts.Tag, secret, data);
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(destination);
            return UnprotectOutcome.Invalid;
        }
        finally
        {
            pool.Return(aes);
        }

        written = secret.Length;
        return UnprotectOutcome.Success;
    }

    /// <inheritdoc/>
    public bool NeedsRotation(ReadOnlySpan<byte> envelope) =>
        !SecretEnvelope.TryParse(envelope, out var parts) || !parts.KeyId.SequenceEqual(_current.Key.IdBytes);

    /// <inheritdoc/>
    public bool HasKeyOf(ReadOnlySpan<byte> envelope) => SecretEnvelope.TryParse(envelope, out var parts) && FindPool(parts.KeyId) is not null;

    /// <inheritdoc/>
    public int GetMaxSecretLength(int envelopeLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(envelopeLength);
        return SecretEnvelope.MaxSecretLength(envelopeLength);
    }

    /// <summary>Lets go of the keyed instances; the ring remains the caller's.</summary>
    public void Dispose()
    {
        foreach (var pool in _pools) pool.Dispose();
    }

    /// <summary>Which ring; no key.</summary>
    public override string ToString() => $"{nameof(AesGcmSecretProtector)} ({_ring})";

    private AesGcmPool? FindPool(ReadOnlySpan<byte> keyId)
    {
        foreach (var pool in _pools)
        {
            if (pool.Key.IdBytes.SequenceEqual(keyId)) return pool;
        }

        return null;
    }

    private static void Join(ReadOnlySpan<byte> header, ReadOnlySpan<byte> associatedData, Span<byte> data)
    {
        header.CopyTo(data);
        associatedData.CopyTo(data[header.Length..]);
    }
}
