namespace TwoFactor.Otp;

public static partial class Base32
{
    /// <summary>The most padding characters RFC 4648 asks for.</summary>
    private const int MaxPadding = 6;

    /// <summary>The most bytes that a text of this many characters decodes to.</summary>
    /// <param name="charCount">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static int GetMaxDecodedLength(int charCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(charCount);
        return (int)((long)charCount * 5 / 8);
    }

    /// <summary>
    /// Decodes Base32 in any case. Spaces, dashes (see <see cref="OtpCode.TryNormalize"/>) and up to 6 trailing padding characters are
    /// tolerated and mean nothing. Unused bits of the last symbol are dropped whatever they are, as authenticator apps do: secrets in
    /// circulation have them set. An empty text is valid and decodes to nothing.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="destination">At least <see cref="GetMaxDecodedLength"/> bytes for the length of the text. Cleared on failure.</param>
    /// <param name="bytesWritten">The bytes written; 0 on failure.</param>
    /// <param name="error">Why it failed, or <see cref="Base32Error.None"/>.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int bytesWritten, out Base32Error error)
    {
        error = Decode(text, destination, out bytesWritten, out _);
        return error == Base32Error.None;
    }

    /// <param name="text">Any text.</param>
    /// <param name="destination">At least <see cref="GetMaxDecodedLength"/> bytes.</param>
    /// <param name="bytesWritten">The bytes written; 0 on failure.</param>
    /// <param name="unusedBits">The bits of the last symbol that belong to no byte, so that the same text can be written again.</param>
    internal static Base32Error Decode(ReadOnlySpan<char> text, Span<byte> destination, out int bytesWritten, out int unusedBits)
    {
        if (destination.Length < GetMaxDecodedLength(text.Length))
            throw new ArgumentException(
                $"The destination holds {destination.Length} bytes; {GetMaxDecodedLength(text.Length)} are needed.", nameof(destination));
        var error = DecodeSymbols(text, destination, out bytesWritten, out unusedBits);
        if (error == Base32Error.None) return error;
        destination[..bytesWritten].Clear();
        bytesWritten = unusedBits = 0;
        return error;
    }

    private static Base32Error DecodeSymbols(ReadOnlySpan<char> text, Span<byte> destination, out int written, out int unusedBits)
    {
        int symbols = 0, padding = 0, bits = 0, bitCount = 0;
        written = unusedBits = 0;
        foreach (var c in text)
        {
            if (OtpSeparators.Contains(c)) continue;
            if (c == '=')
            {
                if (++padding > MaxPadding) return Base32Error.BadPadding;
                continue;
            }

            var value = ToValue(c);
            if (value < 0) return Base32Error.InvalidCharacter;
            if (padding > 0) return Base32Error.BadPadding;
            symbols++;
            bits = bits << 5 | value;
            bitCount += 5;
            if (bitCount < 8) continue;
            bitCount -= 8;
            destination[written++] = (byte)(bits >> bitCount);
            bits &= (1 << bitCount) - 1;
        }

        unusedBits = bits;
        return symbols % 8 is 1 or 3 or 6 ? Base32Error.InvalidLength : Base32Error.None;
    }

    /// <summary>The value of a symbol in either case, -1 for any other character. Each mask is all ones inside its range.</summary>
    internal static int ToValue(char c)
    {
        int letter = (c | 0x20) - 'a', digit = c - '2';
        var isLetter = ~(letter | (25 - letter)) >> 31;
        var isDigit = ~(digit | (5 - digit)) >> 31;
        return (letter & isLetter) | ((digit + 26) & isDigit) | ~(isLetter | isDigit);
    }
}
