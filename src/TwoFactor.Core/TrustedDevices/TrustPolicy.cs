using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.TrustedDevices;

/// <summary>For how long devices of one user may be trusted.</summary>
/// <param name="Days">7 to 90; null for not at all.</param>
/// <param name="Since">Devices trusted before are dead: trust was off in between. Null for no such time.</param>
internal sealed record TrustPolicy(int? Days, DateTimeOffset? Since)
{
    /// <summary>No device is trusted.</summary>
    public static TrustPolicy Off { get; } = new(null, null);

    /// <summary>
    /// What binds a user: without an organisation the host's own setting, otherwise of all organisations the fewest days and the latest start, and off
    /// if it is off in one.
    /// </summary>
    public static TrustPolicy For(ImmutableArray<MemberPolicy> memberships, TrustPolicy host)
    {
        if (memberships.IsDefaultOrEmpty) return host;
        if (memberships.Any(m => m.Policy.TrustedDeviceDays is null)) return Off;
        return new TrustPolicy(memberships.Min(m => m.Policy.TrustedDeviceDays), memberships.Max(m => m.Policy.TrustedDevicesSince));
    }

    /// <summary>When a device ends: by the policy it was trusted under or by the present one, whichever is earlier.</summary>
    public DateTimeOffset EndOf(TrustedDevice device)
    {
        var end = Days is { } days ? device.TrustedAt.AddDays(days) : device.TrustedAt;
        return end < device.ExpiresAt ? end : device.ExpiresAt;
    }

    /// <summary>True when a factor passed at <paramref name="trustedAt"/> may still be stood in for.</summary>
    public bool Covers(DateTimeOffset trustedAt, DateTimeOffset now) => Days is { } days && now < trustedAt.AddDays(days) && !(trustedAt < Since);
}
