using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TwoFactor.Otp;

public sealed partial class OtpSecret
{
    /// <summary>Characters of a group of the manual entry key.</summary>
    private const int GroupLength = 4;

    /// <summary>The longest text looked at: twice what the longest secret needs, which leaves room for separators.</summary>
    private const int MaxTextLength = MaxLength * 8 / 5 * 2;

    /// <summary>
    /// Reads a secret from Base32 in any case; spaces, dashes and padding are tolerated (<see cref="Base32.TryDecode"/>).
    /// </summary>
    /// <param name="text">Any text of any length.</param>
    /// <param name="secret">The secret, to be disposed by the caller; null on failure.</param>
    /// <param name="error">Why it failed, or <see cref="Base32Error.None"/>.</param>
    public static bool TryParseBase32(ReadOnlySpan<char> text, [NotNullWhen(true)] out OtpSecret? secret, out Base32Error error)
    {
        secret = null;
        error = Base32Error.TooLong;
        if (text.Length > MaxTextLength) return false;
        Span<byte> buffer = stackalloc byte[Base32.GetMaxDecodedLength(text.Length)];
        error = Base32.Decode(text, buffer, out var length, out var unusedBits);
        if (error == Base32Error.None && length == 0) error = Base32Error.Empty;
        if (error == Base32Error.None && length > MaxLength) error = Base32Error.TooLong;
        if (error == Base32Error.None)
        {
            secret = new OtpSecret(length, unusedBits);
            buffer[..length].CopyTo(secret._bytes);
        }

        CryptographicOperations.ZeroMemory(buffer);
        return error == Base32Error.None;
    }

    /// <summary>
    /// The secret in upper-case Base32 without padding or separators. A secret that was read from Base32 is written as it was read, bit for
    /// bit, bits that belong to no byte included. The string cannot be wiped: make it only to show it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    public string ToBase32()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return string.Create(Base32Length, this, static (span, secret) => secret.WriteBase32(span));
    }

    /// <summary>What a user types when he cannot scan: <see cref="ToBase32"/> in groups of four, separated by spaces.</summary>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    public string ToManualEntryKey()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var symbols = Base32Length;
        return string.Create(symbols + (symbols - 1) / GroupLength, this, static (span, secret) =>
        {
            // Written to the end of the string, then moved to the front group by group: no second buffer holds the secret.
            var source = span[^secret.Base32Length..];
            secret.WriteBase32(source);
            for (var target = span; ; source = source[GroupLength..], target = target[(GroupLength + 1)..])
            {
                if (source.Length <= GroupLength)
                {
                    source.CopyTo(target);
                    return;
                }

                source[..GroupLength].CopyTo(target);
                target[GroupLength] = ' ';
            }
        });
    }

    /// <summary>Symbols of <see cref="ToBase32"/>.</summary>
    internal int Base32Length => Base32.GetEncodedLength(_bytes.Length);

    /// <summary>Writes <see cref="ToBase32"/> into a span of <see cref="Base32Length"/> or more; returns that length.</summary>
    internal int WriteBase32(Span<char> destination)
    {
        var length = Base32.Encode(Bytes, destination);
        // The encoder left the bits of the last symbol that belong to no byte at zero.
        destination[length - 1] = Base32.ToSymbol(Base32.ToValue(destination[length - 1]) | _unusedBits);
        return length;
    }
}
