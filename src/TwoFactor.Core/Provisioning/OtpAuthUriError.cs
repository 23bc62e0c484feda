namespace TwoFactor.Provisioning;

/// <summary>Why a text is not an otpauth URI. Quotes nothing of the text, which may hold a secret.</summary>
/// <param name="Part">The part that is wrong.</param>
/// <param name="Code">What is wrong with it; <see cref="OtpAuthUriErrorCode.None"/> when nothing is.</param>
public readonly record struct OtpAuthUriError(OtpAuthUriPart Part, OtpAuthUriErrorCode Code)
{
    /// <summary>Both in words, such as <c>Digits: OutOfRange</c>.</summary>
    public override string ToString() => Code == OtpAuthUriErrorCode.None ? "None" : $"{Part}: {Code}";
}
