namespace TwoFactor.Scale;

/// <summary>Numbers that follow from what they are for and look random: SplitMix64 over a counter. The same tool makes the same users each time.</summary>
internal static class Dice
{
    public static ulong Roll(long user, int purpose)
    {
        var z = (((ulong)user << 8) + (ulong)purpose + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="sides"/> - 1.</summary>
    public static int Below(long user, int purpose, int sides) => (int)(Roll(user, purpose) % (ulong)sides);

    public static bool Chance(long user, int purpose, int perMille) => Below(user, purpose, 1000) < perMille;

    public static byte[] Bytes(long user, int purpose, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)Roll(user, (purpose * 100) + i);
        return bytes;
    }
}
