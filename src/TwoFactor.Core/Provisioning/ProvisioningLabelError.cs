namespace TwoFactor.Provisioning;

/// <summary>Why a text cannot be an issuer or account.</summary>
public enum ProvisioningLabelError
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>Null, empty or blank.</summary>
    Empty,

    /// <summary>More than <see cref="ProvisioningLabel.MaxEscapedLength"/> characters once escaped.</summary>
    TooLong,

    /// <summary>A colon, which separates issuer and account in the label.</summary>
    Colon,

    /// <summary>
    /// A control character, a line or paragraph separator, or a format character, such as the bidirectional ones that reorder what is
    /// shown.
    /// </summary>
    ForbiddenCharacter,

    /// <summary>An unpaired surrogate: not valid Unicode.</summary>
    InvalidUnicode,

    /// <summary>A space at the beginning or the end, which readers drop or keep as they please.</summary>
    OuterSpace,
}
