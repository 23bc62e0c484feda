using System.Globalization;
using System.Text;

namespace TwoFactor;

/// <summary>Text that people and logs can trust: no control characters, no bidi overrides, no broken surrogates.</summary>
internal static class PlainText
{
    /// <summary>1 to <paramref name="maxLength"/> characters, all plain, no white space at the ends.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text, int maxLength) =>
        !text.IsEmpty && text.Length <= maxLength && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && IsPlain(text);

    /// <summary>True when no character could break a line, reorder the text shown or be ill-formed UTF-16.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || IsUnsafe(rune)) return false;
            text = text[consumed..];
        }

        return true;
    }

    /// <summary>True when no surrogate is unpaired.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done) return false;
            text = text[consumed..];
        }

        return true;
    }

    /// <summary>The text with every unsafe character written as <c>\u{X}</c>, so that one record stays one line in one direction.</summary>
    public static string Escape(string text)
    {
        if (IsPlain(text)) return text;
        var builder = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune)) builder.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            else builder.Append(rune.ToString());
        }

        return builder.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
