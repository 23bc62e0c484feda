namespace TwoFactor;

/// <summary>
/// Text in the order of its code points, which is that of its UTF-8 bytes and so the order of databases under a binary collation. The
/// ordinal order of .NET, by UTF-16 units, puts characters beyond U+FFFF before U+E000; lists of memory and database would differ.
/// </summary>
internal static class CodePointOrder
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    public static int Compare(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);
        return common == a.Length || common == b.Length ? a.Length.CompareTo(b.Length) : Weight(a[common]).CompareTo(Weight(b[common]));
    }

    // Surrogates after everything else; among themselves as they are.
    private static int Weight(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
