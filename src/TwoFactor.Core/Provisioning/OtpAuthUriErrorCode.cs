namespace TwoFactor.Provisioning;

/// <summary>What is wrong with a part of an otpauth URI.</summary>
public enum OtpAuthUriErrorCode
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Longer than <see cref="OtpAuthUri.MaxLength"/>, or a secret of more bytes than one may have.</summary>
    TooLong,

    /// <summary>Not an otpauth URI at all.</summary>
    NotOtpAuth,

    /// <summary>A Google export (<c>otpauth-migration://</c>), which is another format.</summary>
    MigrationUri,

    /// <summary>Must be there and is not, or is blank.</summary>
    Missing,

    /// <summary>A known parameter stands more than once: parsers disagree which one counts.</summary>
    Duplicate,

    /// <summary>A percent sign without two hexadecimal digits, or bytes that are not UTF-8.</summary>
    InvalidEncoding,

    /// <summary>
    /// Decodes to a control character, or to a format character such as the bidirectional ones that reorder what is shown.
    /// </summary>
    ForbiddenCharacter,

    /// <summary>A number sign: these URIs have no fragment, and reading on behind it is how parsers come to differ.</summary>
    Fragment,

    /// <summary>Not a value that this part can have.</summary>
    InvalidValue,

    /// <summary>A number outside the range of this part.</summary>
    OutOfRange,
}
