using System.Security.Cryptography;

namespace TwoFactor.BackupCodes;

/// <summary>Makes codes from the platform's random numbers.</summary>
internal static class BackupCodeGenerator
{
    private const int SymbolMask = 31;

    /// <summary>Writes a new code for <paramref name="slot"/> as 16 symbols.</summary>
    public static void Create(int slot, Span<char> canonical)
    {
        Span<byte> values = stackalloc byte[BackupCodeFormat.SymbolCount];

        // 256 is a multiple of 32, so five bits of a random byte are uniform.
        RandomNumberGenerator.Fill(values);
        foreach (ref var value in values) value &= SymbolMask;
        values[0] = (byte)slot;
        values[^1] = (byte)CheckSymbol.Compute(values[..^1]);
        for (var i = 0; i < values.Length; i++) canonical[i] = CrockfordBase32.Symbol(values[i]);
        CryptographicOperations.ZeroMemory(values);
    }
}
