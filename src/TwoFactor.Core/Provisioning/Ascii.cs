namespace TwoFactor.Provisioning;

/// <summary>Comparison that folds A-Z and nothing else: no Turkish I, no Kelvin sign, no culture.</summary>
internal static class Ascii
{
    public static bool Is(ReadOnlySpan<char> text, ReadOnlySpan<char> expected) => System.Text.Ascii.EqualsIgnoreCase(text, expected);

    public static bool StartsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> expected) =>
        text.Length >= expected.Length && Is(text[..expected.Length], expected);
}
