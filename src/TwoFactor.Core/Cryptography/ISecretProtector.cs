namespace TwoFactor.Cryptography;

/// <summary>
/// Keeps secrets (authenticator seeds) confidential and bound to their place at rest. Implementations are safe for concurrent use.
/// </summary>
public interface ISecretProtector
{
    /// <summary>Encrypts under the current key.</summary>
    /// <param name="secret">The secret; the caller zeroes it.</param>
    /// <param name="associatedData">What the secret belongs to; the same bytes are needed to open it.</param>
    /// <returns>The envelope to store.</returns>
    byte[] Protect(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associatedData);

    /// <summary>Opens an envelope.</summary>
    /// <param name="envelope">Bytes from the store, trusted in nothing.</param>
    /// <param name="associatedData">The bytes given when it was protected.</param>
    /// <param name="destination">
    /// Receives the secret: at least <see cref="GetMaxSecretLength"/> of the envelope's length. Zeroed unless the outcome is
    /// <see cref="UnprotectOutcome.Success"/>; the caller zeroes it after use.
    /// </param>
    /// <param name="written">Length of the secret; 0 unless the outcome is <see cref="UnprotectOutcome.Success"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than that.</exception>
    UnprotectOutcome Unprotect(
        ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> destination, out int written);

    /// <summary>
    /// Whether the envelope is not under the current key, so that its row should be written anew. Looks at the header only.
    /// </summary>
    /// <param name="envelope">Bytes from the store.</param>
    bool NeedsRotation(ReadOnlySpan<byte> envelope);

    /// <summary>The longest secret, in bytes, that an envelope of <paramref name="envelopeLength"/> bytes can hold; 0 when none.</summary>
    /// <param name="envelopeLength">0 or more.</param>
    int GetMaxSecretLength(int envelopeLength);

    /// <summary>Whether the key of an envelope is there; false tells an operator that it is lost. Without a way to tell, true.</summary>
    /// <param name="envelope">What <see cref="Protect"/> returned.</param>
    bool HasKeyOf(ReadOnlySpan<byte> envelope) => true;
}
