using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TwoFactor.Cryptography;

/// <summary>
/// The keys that protect secrets at rest: 256 bits each, with distinct ids, one of them current. To rotate, add a new key, make it
/// current, keep the old one until no row needs it. Immutable; zeroed when disposed.
/// </summary>
public sealed class SecretKeyRing : IDisposable
{
    /// <summary>Length of a key in bytes: AES-256.</summary>
    public const int KeyLength = 32;

    private readonly KeyMaterialSet _keys;

    /// <summary>Copies the keys; the caller zeroes its own.</summary>
    /// <param name="currentKeyId">The id of the key that new secrets are protected under.</param>
    /// <param name="keys">Ids (1 to 32 characters of A-Z, a-z, 0-9, - and _) and keys of 32 random bytes.</param>
    /// <exception cref="ArgumentException">The keys do not make a ring; the message says why and quotes none.</exception>
    public SecretKeyRing(string currentKeyId, IEnumerable<(string Id, ReadOnlyMemory<byte> Key)> keys)
    {
        ArgumentNullException.ThrowIfNull(currentKeyId);
        ArgumentNullException.ThrowIfNull(keys);
        var pairs = keys.Select(pair => ((string?)pair.Id, pair.Key));
        if (!KeyMaterialSet.TryCreate(currentKeyId, pairs, KeyLength, KeyLength, out var set, out var error))
        {
            throw new ArgumentException(error.Message, nameof(keys));
        }

        _keys = set;
    }

    private SecretKeyRing(KeyMaterialSet keys) => _keys = keys;

    /// <summary>The id of the key that new secrets are protected under.</summary>
    public string CurrentKeyId => _keys.Current.Id;

    /// <summary>The ids of all keys, the current one included.</summary>
    public IEnumerable<string> KeyIds => _keys.Ids;

    internal KeyMaterialSet Keys => _keys;

    /// <summary>A new random key.</summary>
    /// <returns>32 bytes; the caller zeroes them.</returns>
    public static byte[] GenerateKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>Makes a ring from configuration.</summary>
    /// <param name="currentKeyId">The id of the current key.</param>
    /// <param name="keys">Key ids with 32 bytes of base64 each, as <c>openssl rand -base64 32</c> prints them.</param>
    /// <param name="ring">The ring, or null.</param>
    /// <param name="error">What is wrong; never quotes a key.</param>
    /// <returns>Whether <paramref name="ring"/> is there.</returns>
    public static bool TryFromBase64(
        string? currentKeyId,
        IEnumerable<KeyValuePair<string, string?>>? keys,
        [NotNullWhen(true)] out SecretKeyRing? ring,
        out KeyRingError error)
    {
        ring = KeyText.TryDecode(currentKeyId, keys, KeyLength, KeyLength, out var set, out error) ? new SecretKeyRing(set!) : null;
        return ring is not null;
    }

    /// <summary>Makes a ring from configuration, as <see cref="TryFromBase64"/> does.</summary>
    /// <param name="currentKeyId">The id of the current key.</param>
    /// <param name="keys">Key ids with 32 bytes of base64 each.</param>
    /// <exception cref="ArgumentException">The keys do not make a ring; the message says why and quotes none.</exception>
    public static SecretKeyRing FromBase64(string currentKeyId, IEnumerable<KeyValuePair<string, string?>> keys)
    {
        ArgumentNullException.ThrowIfNull(currentKeyId);
        ArgumentNullException.ThrowIfNull(keys);
        return TryFromBase64(currentKeyId, keys, out var ring, out var error)
            ? ring
            : throw new ArgumentException(error.Message, nameof(keys));
    }

    /// <summary>Zeroes the keys. Protectors that use the ring fail from then on.</summary>
    public void Dispose() => _keys.Dispose();

    /// <summary>How many keys there are and which is current; no key.</summary>
    public override string ToString() => $"{nameof(SecretKeyRing)}: {_keys.Count} keys, current '{CurrentKeyId}'";
}
