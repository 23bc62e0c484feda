namespace TwoFactor.Otp;

/// <summary>The one place where what a user typed becomes the digits of a code, or is refused.</summary>
public static class OtpCode
{
    /// <summary>The longest text looked at, in UTF-16 units; anything longer is malformed without being read.</summary>
    public const int MaxTextLength = 256;

    /// <summary>
    /// Strips spaces (U+0020, no-break, zero-width) and dashes, then wants exactly <paramref name="digits"/> ASCII digits. Full-width and
    /// other Unicode digits, signs, tab, newline, NUL and everything else make the text malformed.
    /// </summary>
    /// <param name="text">What the user typed: any text of any length.</param>
    /// <param name="digits">The number of digits wanted, 6 to 8 inclusive.</param>
    /// <param name="destination">At least <paramref name="digits"/> characters long. Receives the digits; cleared when the text is
    /// malformed.</param>
    /// <returns>False when the text is malformed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digits"/> is outside 6 to 8.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static bool TryNormalize(ReadOnlySpan<char> text, int digits, Span<char> destination)
    {
        OtpGuard.Digits(digits, nameof(digits));
        OtpGuard.Destination(destination, digits, nameof(destination));
        destination = destination[..digits];
        if (!TryParse(text, digits, out var value))
        {
            destination.Clear();
            return false;
        }

        CodeTruncation.Write(value, destination);
        return true;
    }

    /// <summary>The same as a number, which is what candidates are compared with; 0 when the text is malformed. The digits are checked by the caller.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, int digits, out int value)
    {
        value = 0;
        if (text.Length > MaxTextLength) return false;
        int count = 0, parsed = 0;
        foreach (var c in text)
        {
            var digit = c - '0';
            if (digit is >= 0 and <= 9)
            {
                if (++count > digits) return false;
                parsed = parsed * 10 + digit;
            }
            else if (!OtpSeparators.Contains(c))
            {
                return false;
            }
        }

        if (count != digits) return false;
        value = parsed;
        return true;
    }
}
