using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using TwoFactor.Cryptography;

namespace TwoFactor.AspNetCore.DataProtection;

/// <summary>
/// Protects authenticator seeds by ASP.NET Core Data Protection: for applications that already keep its key ring safe. The ring must be persisted, shared
/// by all nodes and kept for as long as there are seeds; with a lost key the seeds under it are unavailable until it is back. What a seed belongs to is a
/// purpose of its protector, which the framework authenticates. A revoked key opens nothing any more: its users need a reset. Safe for concurrent use.
/// </summary>
public sealed class DataProtectionSecretProtector : ISecretProtector
{
    private readonly IDataProtector _protector;
    private readonly KnownKeys _keys;

    /// <summary>Protects under the current key of a ring.</summary>
    /// <param name="provider">The ring's provider.</param>
    /// <param name="keys">The same ring's manager, which tells a lost key from a changed record.</param>
    /// <param name="time">The clock.</param>
    public DataProtectionSecretProtector(IDataProtectionProvider provider, IKeyManager keys, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        _protector = provider.CreateProtector("TwoFactor.AspNetCore", "Seed", "v1");
        _keys = new KnownKeys(keys, time);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The secret is longer than 65,375 bytes.</exception>
    public byte[] Protect(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associatedData)
    {
        if (secret.Length > DataProtectionEnvelope.MaxSecretLength)
            throw new ArgumentException($"A secret has at most {DataProtectionEnvelope.MaxSecretLength} bytes.", nameof(secret));
        var copy = secret.ToArray();
        try
        {
            return DataProtectionEnvelope.Make(ProtectorOf(associatedData).Protect(copy), secret.Length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <inheritdoc/>
    public UnprotectOutcome Unprotect(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < GetMaxSecretLength(envelope.Length))
            throw new ArgumentException($"The destination must have {nameof(GetMaxSecretLength)}(envelope.Length) bytes.", nameof(destination));
        destination.Clear();
        if (!DataProtectionEnvelope.TryParse(envelope, out var parts)) return UnprotectOutcome.Invalid;
        byte[] secret;
        try
        {
            secret = ProtectorOf(associatedData).Unprotect(parts.Payload.ToArray());
        }
        catch (CryptographicException)
        {
            // The framework says the same of a lost key, a revoked one and a changed payload. A key store that cannot be read throws here.
            return _keys.Contains(parts.KeyId) ? UnprotectOutcome.Invalid : UnprotectOutcome.KeyMissing;
        }

        try
        {
            // Zeros that were moved into or out of the payload's length would have failed above; this holds the layout to one form.
            if (secret.Length != envelope.Length - DataProtectionEnvelope.Overhead) return UnprotectOutcome.Invalid;
            secret.CopyTo(destination);
            written = secret.Length;
            return UnprotectOutcome.Success;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <inheritdoc/>
    public bool NeedsRotation(ReadOnlySpan<byte> envelope) =>
        // What the ring protects with now is read off something that it protects now; the framework has no other way to tell.
        !DataProtectionEnvelope.TryParse(envelope, out var parts) || parts.KeyId != DataProtectionEnvelope.KeyIdOf(_protector.Protect([]));

    /// <inheritdoc/>
    public int GetMaxSecretLength(int envelopeLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(envelopeLength);
        return Math.Max(0, envelopeLength - DataProtectionEnvelope.Overhead);
    }

    /// <inheritdoc/>
    public bool HasKeyOf(ReadOnlySpan<byte> envelope) => DataProtectionEnvelope.TryParse(envelope, out var parts) && _keys.Contains(parts.KeyId);

    /// <summary>No key.</summary>
    public override string ToString() => nameof(DataProtectionSecretProtector);

    private IDataProtector ProtectorOf(ReadOnlySpan<byte> associatedData) => _protector.CreateProtector(Base64Url.EncodeToString(associatedData));
}
