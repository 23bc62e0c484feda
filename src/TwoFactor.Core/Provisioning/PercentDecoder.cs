using System.Buffers;
using System.Text;

namespace TwoFactor.Provisioning;

/// <summary>
/// Strict percent-decoding (RFC 3986, section 2.1) as UTF-8 (RFC 3629): every percent sign needs two hexadecimal digits, the bytes must be
/// the shortest form and no surrogates, and a plus sign is a plus sign. Characters that a URI should have escaped and did not, such as a
/// space, mean themselves.
/// </summary>
internal static class PercentDecoder
{
    /// <summary>Decodes into <paramref name="destination"/>, which is at least as long as the text.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        while (!text.IsEmpty)
        {
            int consumed, produced;
            if (text[0] == '%')
            {
                if (!TryDecodeEscapedRune(text, out var rune, out consumed)) return false;
                produced = rune.EncodeToUtf16(destination[written..]);
            }
            else
            {
                if (Rune.DecodeFromUtf16(text, out _, out consumed) != OperationStatus.Done) return false;
                text[..consumed].CopyTo(destination[written..]);
                produced = consumed;
            }

            written += produced;
            text = text[consumed..];
        }

        return true;
    }

    /// <summary>One scalar value, whose bytes are all escaped: an escaped lead byte never joins with an unescaped character.</summary>
    private static bool TryDecodeEscapedRune(ReadOnlySpan<char> text, out Rune rune, out int consumed)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var count = 0;
        while (count < utf8.Length && TryReadEscape(text[(3 * count)..], out utf8[count])) count++;
        var status = Rune.DecodeFromUtf8(utf8[..count], out rune, out var bytes);
        consumed = 3 * bytes;
        return status == OperationStatus.Done;
    }

    private static bool TryReadEscape(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != '%' || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2])) return false;
        value = (byte)(HexValue(text[1]) << 4 | HexValue(text[2]));
        return true;
    }

    private static int HexValue(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
