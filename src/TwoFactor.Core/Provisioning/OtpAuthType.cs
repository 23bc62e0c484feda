namespace TwoFactor.Provisioning;

/// <summary>The kind of one-time password an otpauth URI provisions.</summary>
public enum OtpAuthType
{
    /// <summary>Time-based (RFC 6238).</summary>
    Totp = 0,

    /// <summary>Counter-based (RFC 4226).</summary>
    Hotp = 1,
}
