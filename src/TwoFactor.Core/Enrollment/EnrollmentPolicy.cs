using TwoFactor.Otp;

namespace TwoFactor.Enrollment;

/// <summary>What a new authenticator gets, and how it is set up and removed.</summary>
public sealed record EnrollmentPolicy
{
    /// <summary>The issuer that the app shows; see <see cref="Provisioning.ProvisioningLabel"/> for what is allowed.</summary>
    public required string Issuer { get; init; }

    /// <summary>The parameters of new authenticators. Default: SHA-1, 6 digits, 30 seconds, which every app honours.</summary>
    public TotpParameters Parameters { get; init; } = TotpParameters.Default;

    /// <summary>Bytes of a new seed. 16 to 64; default 20 (RFC 4226, 4: at least 16, recommended 20).</summary>
    public int SecretLength { get; init; } = 20;

    /// <summary>How long a new authenticator waits for its first code. 1 minute to 1 hour; default 10 minutes.</summary>
    public TimeSpan PendingLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How old the proof may be that replacing, unregistering and regenerating ask for. 10 seconds to 1 hour; default 10 minutes.</summary>
    public TimeSpan ProofMaxAge { get; init; } = TimeSpan.FromMinutes(10);
}
