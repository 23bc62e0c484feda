using System.Buffers;
using System.Text;

// One namespace for all that a host names.
#pragma warning disable IDE0130
namespace TwoFactor.EntityFrameworkCore;
#pragma warning restore IDE0130

/// <summary>Text as a database gives it back: well-formed UTF-16 without the character 0.</summary>
internal static class DirectoryText
{
    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0')) return false;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done) return false;
            text = text[consumed..];
        }

        return true;
    }

    /// <summary>The text up to the first character that no stored text has: a place among those that are stored.</summary>
    public static string Storable(string text)
    {
        var end = 0;
        while (end < text.Length && text[end] != '\0' && Rune.DecodeFromUtf16(text.AsSpan(end), out _, out var consumed) == OperationStatus.Done) end += consumed;
        return text[..end];
    }

    /// <exception cref="ArgumentException">The text cannot be stored.</exception>
    public static void Require(string text, int maxLength, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(text, parameterName);
        if (text.Length > maxLength || !IsStorable(text))
            throw new ArgumentException($"It has up to {maxLength} characters, all well-formed, and none is U+0000.", parameterName);
    }
}
