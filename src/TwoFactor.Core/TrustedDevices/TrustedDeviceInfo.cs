using TwoFactor.Accounts;

namespace TwoFactor.TrustedDevices;

/// <summary>A trusted device as its user may see it: no token, no hash.</summary>
/// <param name="Id">To revoke it by.</param>
/// <param name="Name">What it was called when it was trusted.</param>
/// <param name="TrustedAt">When a factor was passed on it.</param>
/// <param name="LastUsedAt">When it last stood in for one.</param>
/// <param name="ExpiresAt">When it ends under the present policy.</param>
public sealed record TrustedDeviceInfo(TrustedDeviceId Id, string Name, DateTimeOffset TrustedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);
