namespace TwoFactor.Otp;

/// <summary>What people and clipboards put between the symbols of a code or a key, and what means nothing there.</summary>
internal static class OtpSeparators
{
    /// <summary>
    /// Space, no-break space, the zero-width characters and the dashes. Not the minus sign U+2212, which is a sign; not tab, newline
    /// or other spaces, which no app inserts.
    /// </summary>
    public static bool Contains(char c) => c is ' ' or '-' || (c >= '\u00A0' && IsBeyondAscii(c));

    private static bool IsBeyondAscii(char c) => c
        is '\u00A0'                     // no-break space
        or (>= '\u200B' and <= '\u200D') // zero-width space, non-joiner, joiner
        or '\u2060' or '\uFEFF'         // word joiner, zero-width no-break space
        or (>= '\u2010' and <= '\u2015'); // hyphen to horizontal bar
}
