namespace TwoFactor.Otp;

/// <summary>Why a text is not the Base32 that was wanted.</summary>
public enum Base32Error
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>There is no symbol at all where a secret was wanted.</summary>
    Empty,

    /// <summary>A character is neither A-Z, a-z, 2-7 nor a separator or padding.</summary>
    InvalidCharacter,

    /// <summary>No whole number of bytes has this many symbols: 1, 3 or 6 more than a multiple of 8.</summary>
    InvalidLength,

    /// <summary>A symbol follows the padding, or there are more than the 6 padding characters that RFC 4648 can ask for.</summary>
    BadPadding,

    /// <summary>More bytes than a secret may have, see <see cref="OtpSecret.MaxLength"/>.</summary>
    TooLong,
}
