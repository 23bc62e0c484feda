using TwoFactor.Accounts;

namespace TwoFactor.TrustedDevices;

/// <summary>A device that shall be trusted if the code is right, with the token made for it.</summary>
internal sealed class NewTrust(TrustedDeviceToken token, string name, TrustPolicy policy)
{
    public TrustedDeviceToken Token { get; } = token;

    /// <summary>Null when the user did not ask.</summary>
    public static NewTrust? For(TrustRequest? request, UserId user, TrustPolicy policy) =>
        request is null ? null : new NewTrust(TrustedDeviceToken.New(user, TrustedDeviceId.New()), TrustedDeviceName.From(request.DeviceName), policy);

    /// <summary>The device that stands for a passed factor; null when policy trusts none.</summary>
    public TrustedDevice? DeviceFor(Proof proof) => policy.Days is not { } days ? null : new TrustedDevice
    {
        Id = Token.DeviceId,
        TokenHash = Token.Hash,
        Name = name,
        Factor = proof.Factor,
        EnrollmentId = proof.EnrollmentId,
        Epoch = proof.Epoch,
        TrustedAt = proof.ProvedAt,
        ExpiresAt = proof.ProvedAt.AddDays(days),
        LastUsedAt = proof.ProvedAt,
    };
}
