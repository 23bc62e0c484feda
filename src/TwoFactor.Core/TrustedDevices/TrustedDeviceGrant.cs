using TwoFactor.Accounts;

namespace TwoFactor.TrustedDevices;

/// <summary>The token that a browser must keep from now on; the one before it is spent.</summary>
/// <param name="Token">To be set as a cookie.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
public sealed record TrustedDeviceGrant(TrustedDeviceToken Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The device in the user's list.</summary>
    public TrustedDeviceId Id => Token.DeviceId;
}
