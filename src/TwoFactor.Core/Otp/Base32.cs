using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        // As numbers, into which vectors are written.
        var units = MemoryMarshal.Cast<char, ushort>(destination[..length]);
        while (bytes.Length >= 5)
        {
            // Five bytes are eight symbols.
            var symbols = ToSymbols(((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 8) | bytes[4]);
            if (BitConverter.IsLittleEndian) symbols = BinaryPrimitives.ReverseEndianness(symbols);
            Vector128.WidenLower(Vector128.CreateScalar(symbols).AsByte()).CopyTo(units);
            bytes = bytes[5..];
            units = units[8..];
        }

        if (!bytes.IsEmpty)
        {
            ulong bits = 0;
            foreach (var b in bytes) bits = bits << 8 | b;
            var symbols = ToSymbols(bits << (40 - bytes.Length * 8));
            for (var i = 0; i < units.Length; i++) units[i] = (byte)(symbols >> (56 - i * 8));
        }

        return length;
    }

    /// <summary>
    /// Encodes in upper case without padding. The string cannot be wiped: prefer the span for a secret that is not shown.
    /// </summary>
    /// <param name="bytes">Any bytes.</param>
    public static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(GetEncodedLength(bytes.Length), bytes, static (span, state) => Encode(state, span));

    /// <summary>The eight symbols of 40 bits, in the bytes of a number, the first in the highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ToSymbols(ulong bits)
    {
        // Halves to words, their halves to half-words, and theirs to bytes: five bits each.
        bits = (bits & 0x00000000_000F_FFFF) | (bits & 0x000000FF_FFF0_0000) << 12;
        bits = (bits & 0x000003FF_0000_03FF) | (bits & 0x000FFC00_000F_FC00) << 6;
        bits = (bits & 0x001F001F_001F_001F) | (bits & 0x03E003E0_03E0_03E0) << 3;
        // As ToSymbol, in all bytes at once, none of which carries into the next. From 26 on 0x66 more reaches the highest bit.
        const ulong Each = 0x01010101_01010101;
        var isDigit = ((bits + 0x66 * Each) >> 7) & Each;
        return bits + 'A' * Each - isDigit * ('A' + 26 - '2');
    }

    /// <summary>0-25 are A-Z and 26-31 are 2-7; the mask is all ones from 26 on.</summary>
    internal static char ToSymbol(int value) => (char)('A' + value + (((25 - value) >> 31) & ('2' - 26 - 'A')));
}
