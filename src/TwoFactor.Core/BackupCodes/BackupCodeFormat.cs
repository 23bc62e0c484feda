using System.Security.Cryptography;

namespace TwoFactor.BackupCodes;

/// <summary>
/// The written form of a backup code: 16 Crockford base-32 symbols, shown as four groups of four. The first names the slot, 14 are random
/// (70 bits), the last is a check symbol that catches every wrong symbol and every swap of two.
/// </summary>
public static class BackupCodeFormat
{
    /// <summary>Symbols in a code.</summary>
    public const int SymbolCount = 16;

    /// <summary>Slots that a code can name: 0 to 31.</summary>
    public const int SlotCount = 32;

    /// <summary>The longest text that is looked at.</summary>
    public const int MaxTextLength = 256;

    private const int GroupLength = 4;

    /// <summary>
    /// Reads a code as people type it: any case, I and L for 1, O for 0, with spaces (ASCII, no-break, zero-width) and dashes anywhere.
    /// </summary>
    /// <param name="text">Text from anywhere, of any length.</param>
    /// <param name="canonical">Receives the 16 symbols in upper case; at least 16 long. Zeroed on failure.</param>
    /// <param name="slot">The slot that the code names, 0 to 31; -1 on failure.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <returns>Whether it is well formed, which says nothing of whether it is right.</returns>
    /// <exception cref="ArgumentException"><paramref name="canonical"/> is shorter than 16.</exception>
    public static bool TryParse(ReadOnlySpan<char> text, Span<char> canonical, out int slot, out BackupCodeError error)
    {
        if (canonical.Length < SymbolCount)
        {
            throw new ArgumentException($"The destination must have room for {SymbolCount} symbols.", nameof(canonical));
        }

        slot = -1;
        canonical = canonical[..SymbolCount];
        Span<byte> values = stackalloc byte[SymbolCount];
        error = Read(text, values);
        if (error == BackupCodeError.None)
        {
            for (var i = 0; i < SymbolCount; i++) canonical[i] = CrockfordBase32.Symbol(values[i]);
            slot = values[0];
        }
        else
        {
            canonical.Clear();
        }

        CryptographicOperations.ZeroMemory(values);
        return error == BackupCodeError.None;
    }

    /// <summary>Writes the 16 symbols as <c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    /// <param name="canonical">A code as <see cref="TryParse"/> gives it.</param>
    /// <exception cref="ArgumentException">It is not such a code.</exception>
    public static string Format(ReadOnlySpan<char> canonical)
    {
        ThrowIfNotCanonical(canonical, nameof(canonical));
        return string.Create(SymbolCount + (SymbolCount / GroupLength) - 1, canonical, static (text, symbols) =>
        {
            for (var i = 0; i < SymbolCount; i++)
            {
                if (i > 0 && i % GroupLength == 0) text[i + (i / GroupLength) - 1] = '-';
                text[i + (i / GroupLength)] = symbols[i];
            }
        });
    }

    internal static void ThrowIfNotCanonical(ReadOnlySpan<char> code, string parameterName)
    {
        if (code.Length == SymbolCount && CrockfordBase32.IsCanonical(code)) return;

        // Not quoted: it may be a code.
        throw new ArgumentException($"Pass the {SymbolCount} upper-case symbols that {nameof(TryParse)} gives.", parameterName);
    }

    private static BackupCodeError Read(ReadOnlySpan<char> text, Span<byte> values)
    {
        if (text.Length > MaxTextLength) return BackupCodeError.TooLong;
        var count = 0;
        foreach (var character in text)
        {
            if (IsSeparator(character)) continue;
            var value = CrockfordBase32.Value(character);
            if (value < 0) return BackupCodeError.InvalidSymbol;
            if (count == SymbolCount) return BackupCodeError.TooLong;
            values[count++] = (byte)value;
        }

        if (count < SymbolCount) return BackupCodeError.TooShort;
        return CheckSymbol.IsValid(values) ? BackupCodeError.None : BackupCodeError.CheckFailed;
    }

    // Space, no-break space, zero-width space, joiners and word joiner, byte order mark; hyphen-minus, the hyphens and dashes, minus.
    private static bool IsSeparator(char character) => character is
        ' ' or '\u00A0' or (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFEFF'
        or '-' or (>= '\u2010' and <= '\u2015') or '\u2212';
}
