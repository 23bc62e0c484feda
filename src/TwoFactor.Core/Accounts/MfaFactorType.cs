namespace TwoFactor.Accounts;

/// <summary>What a second factor was. The names are those of the audit attribute <c>MfaFactorType</c>.</summary>
public enum MfaFactorType
{
    /// <summary>A time-based code of an authenticator app (RFC 6238).</summary>
    Totp = 1,

    /// <summary>A single-use backup code.</summary>
    BackupCode = 2,
}
