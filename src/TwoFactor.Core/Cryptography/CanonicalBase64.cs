using System.Security.Cryptography;

namespace TwoFactor.Cryptography;

/// <summary>Base64 without padding, where every value has exactly one spelling (the B64 of the PHC string format).</summary>
internal static class CanonicalBase64
{
    public const int MaxBytes = 64;
    private const int MaxChars = (MaxBytes + 2) / 3 * 4;

    /// <summary>Decodes; false for padding, white space, foreign characters, stray bits, or a length that does not fit.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxChars || text.Contains('=')) return false;
        Span<char> padded = stackalloc char[MaxChars];
        var length = (text.Length + 3) / 4 * 4;
        text.CopyTo(padded);
        padded[text.Length..length].Fill('=');

        // The platform's decoder forgives white space and stray bits; writing it back and comparing does not.
        return Convert.TryFromBase64Chars(padded[..length], destination, out written)
            && Encode(destination[..written], padded) is var chars
            && text.SequenceEqual(padded[..chars]);
    }

    /// <summary>
    /// Encodes into <paramref name="destination"/>, which has room for the padding too, and returns the length without it.
    /// </summary>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<char> destination)
    {
        if (!Convert.TryToBase64Chars(bytes, destination, out var length))
        {
            throw new ArgumentException("The destination is too short.", nameof(destination));
        }

        while (length > 0 && destination[length - 1] == '=') length--;
        return length;
    }

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[MaxChars];
        var text = new string(chars[..Encode(bytes, chars)]);
        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(chars));
        return text;
    }
}
