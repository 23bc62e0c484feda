using System.Diagnostics.CodeAnalysis;
using TwoFactor.Cryptography;

namespace TwoFactor.BackupCodes;

/// <summary>
/// The peppers of a deployment: the current one goes into new hashes, the others verify what was made with them. A hash cannot be
/// moved to another pepper, so an old one stays until the codes made with it are spent or regenerated. Immutable.
/// </summary>
public sealed class BackupCodePepperRing : IDisposable
{
    private readonly KeyMaterialSet _peppers;

    /// <summary>Copies the peppers; the caller disposes of its own.</summary>
    /// <param name="current">For new hashes.</param>
    /// <param name="retired">For hashes made before; none twice.</param>
    /// <exception cref="ArgumentException">Two peppers have one id, or one consists of a single byte repeated.</exception>
    public BackupCodePepperRing(BackupCodePepper current, params IEnumerable<BackupCodePepper> retired)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(retired);
        var all = retired.Prepend(current).Select(pepper => ((string?)pepper.KeyId, pepper.Material.Memory));
        if (!KeyMaterialSet.TryCreate(
            current.KeyId, all, BackupCodePepper.MinLength, BackupCodePepper.MaxLength, out var set, out var error))
        {
            throw new ArgumentException(error.Message, nameof(retired));
        }

        _peppers = set;
    }

    private BackupCodePepperRing(KeyMaterialSet peppers) => _peppers = peppers;

    /// <summary>The id of the pepper for new hashes.</summary>
    public string CurrentKeyId => _peppers.Current.Id;

    internal KeyMaterial Current => _peppers.Current;

    /// <summary>Makes a ring from configuration.</summary>
    /// <param name="currentKeyId">The id of the current pepper.</param>
    /// <param name="peppers">Ids with 16 to 64 bytes of base64 each, as <c>openssl rand -base64 32</c> prints them.</param>
    /// <param name="ring">The ring, or null.</param>
    /// <param name="error">What is wrong; never quotes a pepper.</param>
    /// <returns>Whether <paramref name="ring"/> is there.</returns>
    public static bool TryFromBase64(
        string? currentKeyId,
        IEnumerable<KeyValuePair<string, string?>>? peppers,
        [NotNullWhen(true)] out BackupCodePepperRing? ring,
        out KeyRingError error)
    {
        var made = KeyText.TryDecode(
            currentKeyId, peppers, BackupCodePepper.MinLength, BackupCodePepper.MaxLength, out var set, out error);
        ring = made ? new BackupCodePepperRing(set!) : null;
        return made;
    }

    /// <summary>Zeroes the ring's peppers. A hasher that uses it fails from then on.</summary>
    public void Dispose() => _peppers.Dispose();

    /// <summary>How many there are and which is current; no secret.</summary>
    public override string ToString() => $"{nameof(BackupCodePepperRing)}: {_peppers.Count} peppers, current '{CurrentKeyId}'";

    internal KeyMaterial? Find(string keyId) => _peppers.Find(keyId);
}
