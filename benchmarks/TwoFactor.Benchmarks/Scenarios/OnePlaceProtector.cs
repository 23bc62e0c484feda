using System.Security.Cryptography;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>
/// AES-256-GCM as in a product, but for the binding of a seed to its user, so that one enrolled account can be copied to a million users
/// instead of enrolling each. Opening a seed costs what it costs in a product.
/// </summary>
internal sealed class OnePlaceProtector : ISecretProtector, IDisposable
{
    private readonly AesGcmSecretProtector _inner = new(
        SecretKeyRing.FromBase64("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeyRing.KeyLength)))]));

    // As long as what names a user and an enrolment.
    private static ReadOnlySpan<byte> Place => "the same for everybody, of the length of user and enrolment"u8;

    public byte[] Protect(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associatedData) => _inner.Protect(secret, Place);

    public UnprotectOutcome Unprotect(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> destination, out int written) =>
        _inner.Unprotect(envelope, Place, destination, out written);

    public bool NeedsRotation(ReadOnlySpan<byte> envelope) => _inner.NeedsRotation(envelope);

    public int GetMaxSecretLength(int envelopeLength) => _inner.GetMaxSecretLength(envelopeLength);

    public void Dispose() => _inner.Dispose();
}
