using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TwoFactor.Otp;

/// <summary>From an HMAC to the digits of a code (RFC 4226, section 5.3).</summary>
internal static class CodeTruncation
{
    /// <summary>Dynamic truncation: 31 bits at the offset that the last nibble names, modulo ten to the number of digits.</summary>
    public static int ToValue(ReadOnlySpan<byte> hmac, int digits)
    {
        var offset = hmac[^1] & 0xF;
        var bits = BinaryPrimitives.ReadInt32BigEndian(hmac[offset..]) & 0x7FFF_FFFF;
        return ToDigits(bits, digits);
    }

    /// <summary>The truncated 31 bits modulo ten to the number of digits. By constants: that is a multiplication, which takes the same time
    /// for every number, where a division need not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToDigits(int bits, int digits) => digits switch
    {
        6 => bits % 1_000_000,
        7 => bits % 10_000_000,
        _ => bits % 100_000_000,
    };

    /// <summary>Writes the value with its leading zeros over the whole of <paramref name="destination"/>.</summary>
    public static void Write(int value, Span<char> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            destination[i] = (char)('0' + digit);
        }
    }
}
