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
        if (Copy(text, destination)) return true;
        destination.Clear();
        return false;
    }

    private static bool Copy(ReadOnlySpan<char> text, Span<char> destination)
    {
        if (text.Length > MaxTextLength) return false;
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == destination.Length) return false;
                destination[count++] = c;
            }
            else if (!OtpSeparators.Contains(c))
            {
                return false;
            }
        }

        return count == destination.Length;
    }

    /// <summary>The same as a number, which is what candidates are compared with.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, int digits, out int value)
    {
        Span<char> normalized = stackalloc char[OtpGuard.MaxDigits];
        value = 0;
        if (!TryNormalize(text, digits, normalized)) return false;
        foreach (var c in normalized[..digits]) value = value * 10 + (c - '0');
        normalized.Clear();
        return true;
    }
}
