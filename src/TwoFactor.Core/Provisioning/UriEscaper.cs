using System.Buffers;
using System.Text;

namespace TwoFactor.Provisioning;

/// <summary>
/// Escapes all but the unreserved characters of RFC 3986, section 2.3, as UTF-8: a space is <c>%20</c>, never a plus sign.
/// </summary>
internal static class UriEscaper
{
    private const string Hexadecimal = "0123456789ABCDEF";

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>The characters that <see cref="Escape"/> writes. An unpaired surrogate counts as half a pair.</summary>
    public static int EscapedLength(ReadOnlySpan<char> text)
    {
        var length = text.Length;
        while (text.IndexOfAnyExcept(Unreserved) is >= 0 and var at)
        {
            var c = text[at];
            length += (c < 0x80 ? 3 : c < 0x800 || char.IsSurrogate(c) ? 6 : 9) - 1;
            text = text[(at + 1)..];
        }

        return length;
    }

    /// <summary>Writes the escaped text and returns what is left of the destination.</summary>
    /// <exception cref="InvalidOperationException">A surrogate stands alone: the text was not checked.</exception>
    public static Span<char> Escape(ReadOnlySpan<char> text, Span<char> destination)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (text.IndexOfAnyExcept(Unreserved) is >= 0 and var at)
        {
            text[..at].CopyTo(destination);
            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var consumed) != OperationStatus.Done)
                throw new InvalidOperationException("A surrogate stands alone.");
            destination = WritePercent(utf8[..rune.EncodeToUtf8(utf8)], destination[at..]);
            text = text[(at + consumed)..];
        }

        text.CopyTo(destination);
        return destination[text.Length..];
    }

    private static Span<char> WritePercent(scoped ReadOnlySpan<byte> bytes, Span<char> destination)
    {
        foreach (var b in bytes)
        {
            destination[0] = '%';
            destination[1] = Hexadecimal[b >> 4];
            destination[2] = Hexadecimal[b & 0xF];
            destination = destination[3..];
        }

        return destination;
    }
}
