using System.Buffers;

namespace TwoFactor.BackupCodes;

/// <summary>Douglas Crockford's base 32 (crockford.com/base32.html): no I, L, O or U; read in any case, I and L as 1, O as 0.</summary>
internal static class CrockfordBase32
{
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const byte None = 0xFF;

    private static readonly SearchValues<char> s_symbols = SearchValues.Create(Alphabet);

    private static readonly byte[] s_values = BuildValues();

    /// <summary>Whether there are only symbols in upper case.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(s_symbols);

    public static char Symbol(int value) => Alphabet[value];

    /// <summary>The value of an ASCII character, or -1.</summary>
    public static int Value(char symbol) => symbol < s_values.Length && s_values[symbol] is var value && value != None ? value : -1;

    private static byte[] BuildValues()
    {
        var values = new byte[128];
        values.AsSpan().Fill(None);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
            values[char.ToLowerInvariant(Alphabet[i])] = (byte)i;
        }

        foreach (var one in "IiLl") values[one] = 1;
        foreach (var zero in "Oo") values[zero] = 0;
        return values;
    }
}
