namespace TwoFactor.BackupCodes;

/// <summary>
/// A check symbol over GF(32): of the symbols s(0) to s(15), the sum of s(i) * a^(15-i) is zero, where a generates the field's
/// multiplicative group. All weights are non-zero, so every single substitution shows; all differ (a has order 31), so every swap
/// of two unequal symbols shows, neighbours or not. All 32 symbols are in use, the check symbol included.
/// </summary>
internal static class CheckSymbol
{
    // x^5 + x^2 + 1 is primitive over GF(2), so a = x generates the group.
    private const int Polynomial = 0b100101;
    private const int Carry = 0b100000;

    /// <summary>The symbol to append to the values of the others.</summary>
    public static int Compute(ReadOnlySpan<byte> values)
    {
        var sum = 0;
        foreach (var value in values) sum = TimesGenerator(sum ^ value);
        return sum;
    }

    /// <summary>Whether the last of the values is the check symbol of those before.</summary>
    public static bool IsValid(ReadOnlySpan<byte> values) => Compute(values[..^1]) == values[^1];

    private static int TimesGenerator(int value)
    {
        var product = value << 1;
        return (product & Carry) != 0 ? product ^ Polynomial : product;
    }
}
