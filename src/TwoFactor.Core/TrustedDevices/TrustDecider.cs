using System.Security.Cryptography;
using TwoFactor.Accounts;

namespace TwoFactor.TrustedDevices;

/// <summary>Whether a device stands in for the second factor. Pure.</summary>
internal static class TrustDecider
{
    // Nodes of one host may disagree by seconds.
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(1);

    public static TrustEvidence Examine(Account account, TrustedDeviceToken token, TrustPolicy policy, DateTimeOffset now)
    {
        if (token.UserId != account.UserId || account.TrustedDevices.FirstOrDefault(d => d.Id == token.DeviceId) is not { } device)
            return Refuse(TrustRefusal.Unknown);
        // Whoever knows the device and not its present token holds an old copy. That comes first: a copy is found out in whatever state the device is.
        if (!CryptographicOperations.FixedTimeEquals(device.TokenHash.AsSpan(), token.Hash.AsSpan()))
            return new TrustEvidence.Refused(TrustRefusal.Reused, device.Id);
        if (device.Epoch != account.Epoch || device.EnrollmentId != account.Active?.Id) return Refuse(TrustRefusal.Superseded);
        if (policy.Days is null) return Refuse(TrustRefusal.Off);
        if (device.TrustedAt - now > s_ahead) return Refuse(TrustRefusal.ClockMovedBack);
        return now < device.ExpiresAt && policy.Covers(device.TrustedAt, now) ? new TrustEvidence.Trusted(device) : Refuse(TrustRefusal.Expired);
    }

    private static TrustEvidence.Refused Refuse(TrustRefusal refusal) => new(refusal, null);
}
