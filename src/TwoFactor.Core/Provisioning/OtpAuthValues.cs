using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>The values of an otpauth URI, decoded and checked.</summary>
internal static class OtpAuthValues
{
    /// <summary>Text that is shown to users: decoded, and without characters that deceive them.</summary>
    public static bool TryReadText(ReadOnlySpan<char> raw, OtpAuthUriPart part, [NotNullWhen(true)] out string? text, out OtpAuthUriError error)
    {
        text = null;
        error = new(part, OtpAuthUriErrorCode.InvalidEncoding);
        Span<char> buffer = stackalloc char[raw.Length];
        if (!PercentDecoder.TryDecode(raw, buffer, out var length)) return false;
        error = new(part, OtpAuthUriErrorCode.ForbiddenCharacter);
        if (LabelText.HasForbidden(buffer[..length])) return false;
        error = default;
        text = new string(buffer[..length]);
        return true;
    }

    /// <summary>The issuer parameter; null when absent or blank.</summary>
    public static bool TryReadIssuer(OtpAuthQuery query, out string? issuer, out OtpAuthUriError error)
    {
        issuer = null;
        error = default;
        if (!query.TryGet(OtpAuthUriPart.Issuer, out var raw)) return true;
        if (!TryReadText(raw, OtpAuthUriPart.Issuer, out var text, out error)) return false;
        if (!string.IsNullOrWhiteSpace(text)) issuer = text;
        return true;
    }

    public static bool TryReadSecret(OtpAuthQuery query, [NotNullWhen(true)] out OtpSecret? secret, out OtpAuthUriError error)
    {
        secret = null;
        error = new(OtpAuthUriPart.Secret, OtpAuthUriErrorCode.Missing);
        if (!query.TryGet(OtpAuthUriPart.Secret, out var raw)) return false;
        Span<char> buffer = stackalloc char[raw.Length];
        PercentDecoder.TryDecode(raw, buffer, out var length);
        var parsed = OtpSecret.TryParseBase32(buffer[..length], out secret, out var base32Error);
        buffer.Clear();
        error = base32Error switch
        {
            Base32Error.None => default,
            Base32Error.Empty => error,
            Base32Error.TooLong => new(OtpAuthUriPart.Secret, OtpAuthUriErrorCode.TooLong),
            _ => new(OtpAuthUriPart.Secret, OtpAuthUriErrorCode.InvalidValue),
        };
        return parsed;
    }

    /// <summary>The algorithm; SHA-1 when absent.</summary>
    public static bool TryReadAlgorithm(OtpAuthQuery query, out OtpAlgorithm algorithm, out OtpAuthUriError error)
    {
        algorithm = OtpAlgorithm.Sha1;
        error = default;
        if (!query.TryGet(OtpAuthUriPart.Algorithm, out var raw)) return true;
        Span<char> buffer = stackalloc char[raw.Length];
        PercentDecoder.TryDecode(raw, buffer, out var length);
        if (OtpAlgorithmNames.TryParse(buffer[..length], out algorithm)) return true;
        error = new(OtpAuthUriPart.Algorithm, OtpAuthUriErrorCode.InvalidValue);
        return false;
    }

    /// <summary>
    /// A number from <paramref name="min"/> to <paramref name="max"/> in the one spelling it has: ASCII digits, no sign, no leading zero.
    /// <paramref name="absent"/> is its value where the query does not have it; null when it must.
    /// </summary>
    public static bool TryReadNumber(
        OtpAuthQuery query, OtpAuthUriPart part, long min, long max, long? absent, out long value, out OtpAuthUriError error)
    {
        value = absent ?? 0;
        error = absent is null ? new(part, OtpAuthUriErrorCode.Missing) : default;
        if (!query.TryGet(part, out var raw)) return absent is not null;
        Span<char> buffer = stackalloc char[raw.Length];
        PercentDecoder.TryDecode(raw, buffer, out var length);
        var digits = buffer[..length];
        error = new(part, OtpAuthUriErrorCode.InvalidValue);
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (length > 1 && digits[0] == '0')) return false;
        error = new(part, OtpAuthUriErrorCode.OutOfRange);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value < min || value > max) return false;
        error = default;
        return true;
    }
}
