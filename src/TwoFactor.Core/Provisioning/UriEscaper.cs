using System.Buffers;

namespace TwoFactor.Provisioning;

/// <summary>
/// Escapes all but the unreserved characters of RFC 3986, section 2.3, as UTF-8: a space is <c>%20</c>, never a plus sign.
/// </summary>
internal static class UriEscaper
{
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
    public static Span<char> Escape(ReadOnlySpan<char> text, Span<char> destination)
    {
        if (!Uri.TryEscapeDataString(text, destination, out var written))
            throw new InvalidOperationException("The destination is shorter than EscapedLength says.");
        return destination[written..];
    }
}
