using System.Buffers.Binary;

namespace TwoFactor.Otp;

/// <summary>
/// Base32 with the alphabet A-Z 2-7 (RFC 4648, section 6), the spelling of secrets. Symbols are computed, not looked up: no memory
/// access and no branch depends on a valid secret.
/// </summary>
public static partial class Base32
{
    /// <summary>The symbols that <paramref name="byteCount"/> bytes take, without padding.</summary>
    /// <param name="byteCount">0 to 1,342,177,279 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or the text would not fit into a string.</exception>
    public static int GetEncodedLength(int byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        var symbols = ((long)byteCount * 8 + 4) / 5;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols, int.MaxValue, nameof(byteCount));
        return (int)symbols;
    }

    /// <summary>Encodes in upper case without padding.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="destination">At least <see cref="GetEncodedLength"/> characters.</param>
    /// <returns>The characters written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<char> destination)
    {
        var length = GetEncodedLength(bytes.Length);
        OtpGuard.Destination(destination, length, nameof(destination));
        destination = destination[..length];
        while (bytes.Length >= 5)
        {
            // Five bytes are eight symbols.
            var bits = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 8) | bytes[4];
            WriteSymbols(bits, destination[..8]);
            bytes = bytes[5..];
            destination = destination[8..];
        }

        if (!bytes.IsEmpty)
        {
            ulong bits = 0;
            foreach (var b in bytes) bits = bits << 8 | b;
            WriteSymbols(bits << (destination.Length * 5 - bytes.Length * 8), destination);
        }

        return length;
    }

    /// <summary>
    /// Encodes in upper case without padding. The string cannot be wiped: prefer the span for a secret that is not shown.
    /// </summary>
    /// <param name="bytes">Any bytes.</param>
    public static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(GetEncodedLength(bytes.Length), bytes, static (span, state) => Encode(state, span));

    private static void WriteSymbols(ulong bits, Span<char> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            destination[i] = ToSymbol((int)(bits & 31));
            bits >>= 5;
        }
    }

    /// <summary>0-25 are A-Z and 26-31 are 2-7; the mask is all ones from 26 on.</summary>
    internal static char ToSymbol(int value) => (char)('A' + value + (((25 - value) >> 31) & ('2' - 26 - 'A')));
}
