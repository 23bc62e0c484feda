using System.Buffers;
using System.Text;

namespace TwoFactor.Provisioning;

/// <summary>
/// What may be an issuer or an account: the same rule for options, enrolment and URIs. Refused are empty texts, colons, control and
/// format characters (the bidirectional ones among them), outer spaces, and what would make the URI too long to scan.
/// </summary>
public static class ProvisioningLabel
{
    /// <summary>
    /// The most characters a text may take once escaped (RFC 3986): 512. Room for an e-mail address of the longest kind (254 characters),
    /// and with issuer, issuer again and account at their longest a URI that is still read.
    /// </summary>
    public const int MaxEscapedLength = 512;

    /// <summary>Whether a text can be an issuer or an account.</summary>
    /// <param name="text">Any text, null included.</param>
    /// <param name="error">Why not, or <see cref="ProvisioningLabelError.None"/>.</param>
    public static bool TryValidate(string? text, out ProvisioningLabelError error)
    {
        error = Validate(text, out _);
        return error == ProvisioningLabelError.None;
    }

    private static ProvisioningLabelError Validate(string? text, out int escapedLength)
    {
        escapedLength = 0;
        if (string.IsNullOrWhiteSpace(text)) return ProvisioningLabelError.Empty;
        // An escaped text is never shorter than the text: this bounds the work below.
        if (text.Length > MaxEscapedLength) return ProvisioningLabelError.TooLong;
        escapedLength = UriEscaper.EscapedLength(text, out var isPlain);
        if (escapedLength > MaxEscapedLength) return ProvisioningLabelError.TooLong;
        var characters = isPlain ? ProvisioningLabelError.None : CheckCharacters(text);
        if (characters != ProvisioningLabelError.None) return characters;
        return char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) ? ProvisioningLabelError.OuterSpace : ProvisioningLabelError.None;
    }

    private static ProvisioningLabelError CheckCharacters(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != OperationStatus.Done)
                return ProvisioningLabelError.InvalidUnicode;
            if (rune.Value == ':') return ProvisioningLabelError.Colon;
            if (LabelText.IsForbidden(rune)) return ProvisioningLabelError.ForbiddenCharacter;
            text = text[consumed..];
        }

        return ProvisioningLabelError.None;
    }

    /// <summary>
    /// The characters that a fit text takes once escaped; otherwise throws an <see cref="ArgumentException"/> that names the parameter and
    /// says why.
    /// </summary>
    internal static int Require(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        var error = Validate(text, out var escapedLength);
        if (error == ProvisioningLabelError.None) return escapedLength;
        throw new ArgumentException($"Not fit for an otpauth URI ({error}): check it with ProvisioningLabel.TryValidate first.", name);
    }
}
