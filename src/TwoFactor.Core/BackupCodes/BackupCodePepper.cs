using TwoFactor.Cryptography;

namespace TwoFactor.BackupCodes;

/// <summary>
/// A secret that goes into every hash of a backup code (Argon2's secret value <c>K</c>) and is not stored beside them: who has only the
/// database cannot try a single code.
/// </summary>
public sealed class BackupCodePepper : IDisposable
{
    /// <summary>Fewest bytes, inclusive.</summary>
    public const int MinLength = 16;

    /// <summary>Most bytes, inclusive.</summary>
    public const int MaxLength = 64;

    /// <summary>Copies the secret; the caller zeroes its own.</summary>
    /// <param name="keyId">1 to 32 characters of A-Z, a-z, 0-9, - and _. Stands in the stored hashes.</param>
    /// <param name="secret">16 to 64 random bytes.</param>
    /// <exception cref="ArgumentException">One of them is not so.</exception>
    public BackupCodePepper(string keyId, ReadOnlySpan<byte> secret)
    {
        Cryptography.KeyId.Require(keyId, nameof(keyId));
        if (secret.Length is < MinLength or > MaxLength)
        {
            throw new ArgumentException($"A pepper has {MinLength} to {MaxLength} random bytes.", nameof(secret));
        }

        Material = new KeyMaterial(keyId, secret);
    }

    internal BackupCodePepper(KeyMaterial material) => Material = material;

    /// <summary>The id.</summary>
    public string KeyId => Material.Id;

    internal KeyMaterial Material { get; }

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => Material.Dispose();

    /// <summary>The id; no secret.</summary>
    public override string ToString() => $"{nameof(BackupCodePepper)} '{KeyId}'";
}
