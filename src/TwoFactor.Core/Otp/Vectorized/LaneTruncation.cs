using System.Runtime.CompilerServices;

namespace TwoFactor.Otp.Vectorized;

/// <summary>Dynamic truncation (RFC 4226, section 5.3) of a digest whose words lie one a vector.</summary>
internal static class LaneTruncation
{
    /// <param name="words">Word i of lane n at <c>i * lanes + n</c>.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="lane">Whose digest.</param>
    /// <param name="digestWords">Words of a digest: its last byte's low nibble is the offset.</param>
    /// <param name="digits">Digits of the code.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToValue(ReadOnlySpan<uint> words, int lanes, int lane, int digestWords, int digits)
    {
        var offset = (int)(words[(digestWords - 1) * lanes + lane] & 0xF);
        // The four bytes from the offset on lie in two words; the second is there, because the offset is at most 15.
        var word = offset / sizeof(uint) * lanes + lane;
        var pair = (ulong)words[word] << 32 | words[word + lanes];
        return CodeTruncation.ToDigits((int)(pair >> (32 - offset % sizeof(uint) * 8)) & 0x7FFF_FFFF, digits);
    }
}
