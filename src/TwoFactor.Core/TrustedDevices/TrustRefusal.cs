namespace TwoFactor.TrustedDevices;

/// <summary>Why a presented device was not trusted; a code is asked for instead. Delete the browser's token, whatever the reason.</summary>
public enum TrustRefusal
{
    /// <summary>The user has no such device: it was revoked or pushed out, or the token is another user's.</summary>
    Unknown = 1,

    /// <summary>Trusted devices are off for this user.</summary>
    Off = 2,

    /// <summary>The days are over, those of the present policy or those of the policy it was trusted under.</summary>
    Expired = 3,

    /// <summary>The authenticator was reset, removed or replaced since.</summary>
    Superseded = 4,

    /// <summary>The token was used before and replaced: there are two copies of it. The device was revoked.</summary>
    Reused = 5,

    /// <summary>The server's clock lies before the time at which the device was trusted.</summary>
    ClockMovedBack = 6,
}
