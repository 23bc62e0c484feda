using System.Buffers;
using System.Globalization;
using System.Text;

namespace TwoFactor.Provisioning;

/// <summary>Which characters may be shown to a user as part of an issuer or account.</summary>
internal static class LabelText
{
    /// <summary>
    /// True for control characters, line and paragraph separators, and format characters: the bidirectional ones reorder what is shown, the
    /// rest are invisible and let two different names look alike. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need
    /// them.
    /// </summary>
    public static bool IsForbidden(Rune rune) => rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Whether any character is forbidden. Unpaired surrogates count as forbidden.</summary>
    public static bool HasForbidden(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != OperationStatus.Done || IsForbidden(rune)) return true;
            text = text[consumed..];
        }

        return false;
    }
}
