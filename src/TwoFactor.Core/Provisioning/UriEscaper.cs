using System.Buffers;
using System.Text;

namespace TwoFactor.Provisioning;

/// <summary>
/// Escapes all but the unreserved characters of RFC 3986, section 2.3, as UTF-8: a space is <c>%20</c>, never a plus sign.
/// </summary>
internal static class UriEscaper
{
    private const string Hexadecimal = "0123456789ABCDEF";

    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    // To measure, what is not in the set is searched for by vectors; to write, each character is looked at: both measured, names are short.
    private static readonly SearchValues<char> UnreservedValues = SearchValues.Create(Unreserved);
    private static readonly bool[] IsUnreserved = [.. Enumerable.Range(0, 128).Select(c => Unreserved.Contains((char)c))];

    /// <summary>The characters that <see cref="Escape"/> writes. An unpaired surrogate counts as half a pair.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isPlain">Whether all of it is printable ASCII and none of it a colon.</param>
    public static int EscapedLength(ReadOnlySpan<char> text, out bool isPlain)
    {
        var length = text.Length;
        isPlain = true;
        while (text.IndexOfAnyExcept(UnreservedValues) is >= 0 and var at)
        {
            var c = text[at];
            isPlain &= c is >= ' ' and <= '~' and not ':';
            length += (c < 0x80 ? 3 : c < 0x800 || char.IsSurrogate(c) ? 6 : 9) - 1;
            text = text[(at + 1)..];
        }

        return length;
    }

    /// <summary>Writes the escaped text and returns what is left of the destination.</summary>
    /// <exception cref="InvalidOperationException">A surrogate stands alone: the text was not checked.</exception>
    public static Span<char> Escape(ReadOnlySpan<char> text, Span<char> destination)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < IsUnreserved.Length && IsUnreserved[c]) destination[written++] = c;
            else if (c < IsUnreserved.Length) written += WritePercent((byte)c, destination[written..]);
            else
            {
                written += WriteRune(text[i..], destination[written..], out var consumed);
                i += consumed - 1;
            }
        }

        return destination[written..];
    }

    private static int WriteRune(ReadOnlySpan<char> text, Span<char> destination, out int consumed)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out consumed) != OperationStatus.Done) throw new InvalidOperationException("A surrogate stands alone.");
        Span<byte> utf8 = stackalloc byte[4];
        var written = 0;
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) written += WritePercent(b, destination[written..]);
        return written;
    }

    private static int WritePercent(byte b, Span<char> destination)
    {
        // The last first: one check of the length.
        destination[2] = Hexadecimal[b & 0xF];
        destination[1] = Hexadecimal[b >> 4];
        destination[0] = '%';
        return 3;
    }
}
