namespace TwoFactor.Otp;

/// <summary>
/// The hash inside the HMAC of a one-time password (RFC 6238, section 1.2). The default is SHA-1, the only one all authenticator apps
/// honour.
/// </summary>
public enum OtpAlgorithm
{
    /// <summary>HMAC-SHA-1, 20-byte output (RFC 4226).</summary>
    Sha1 = 0,

    /// <summary>HMAC-SHA-256, 32-byte output.</summary>
    Sha256 = 1,

    /// <summary>HMAC-SHA-512, 64-byte output.</summary>
    Sha512 = 2,
}
