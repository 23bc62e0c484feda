namespace TwoFactor.Provisioning;

/// <summary>Where parsing may be more lenient than the default.</summary>
[Flags]
public enum OtpAuthUriParseOptions
{
    /// <summary>Strict.</summary>
    None = 0,

    /// <summary>
    /// An HOTP URI without a counter starts at 0, as Google Authenticator for Android and FreeOTP read it. The key URI format asks for it.
    /// </summary>
    AllowMissingCounter = 1,
}
