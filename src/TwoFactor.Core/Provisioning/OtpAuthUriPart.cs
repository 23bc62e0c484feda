namespace TwoFactor.Provisioning;

/// <summary>The part of an otpauth URI that an error is about.</summary>
public enum OtpAuthUriPart
{
    /// <summary>The text as a whole.</summary>
    Uri = 0,

    /// <summary>What comes before the type: <c>otpauth://</c>.</summary>
    Scheme,

    /// <summary>The type, <c>totp</c> or <c>hotp</c>, which stands where other URIs have a host.</summary>
    Type,

    /// <summary>The path, before it is split.</summary>
    Label,

    /// <summary>The issuer in front of the label's separator.</summary>
    LabelIssuer,

    /// <summary>The account behind the label's separator, or the whole label.</summary>
    Account,

    /// <summary>What follows the question mark, where no single known parameter is to blame.</summary>
    Query,

    /// <summary>The parameter <c>secret</c>.</summary>
    Secret,

    /// <summary>The parameter <c>issuer</c>.</summary>
    Issuer,

    /// <summary>The parameter <c>algorithm</c>.</summary>
    Algorithm,

    /// <summary>The parameter <c>digits</c>.</summary>
    Digits,

    /// <summary>The parameter <c>period</c>.</summary>
    Period,

    /// <summary>The parameter <c>counter</c>.</summary>
    Counter,
}
