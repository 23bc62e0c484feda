using TwoFactor.Accounts;

namespace TwoFactor.TrustedDevices;

/// <summary>What a presented token is worth.</summary>
internal abstract record TrustEvidence
{
    private TrustEvidence()
    {
    }

    internal sealed record Trusted(TrustedDevice Device) : TrustEvidence;

    /// <param name="Refusal">Why not.</param>
    /// <param name="Compromised">The device to revoke; null when there is none.</param>
    internal sealed record Refused(TrustRefusal Refusal, TrustedDeviceId? Compromised) : TrustEvidence;
}
