using System.Globalization;
using System.Text;

namespace TwoFactor.Cryptography;

/// <summary>Reads a PHC string from left to right; each step answers for one part.</summary>
internal static class PhcParser
{
    public static PhcError Parse(ReadOnlySpan<char> text, out PhcString? result)
    {
        result = null;
        if (text.IsEmpty || text.Length > PhcString.MaxLength) return PhcError.Length;

        Span<Range> fields = stackalloc Range[7];
        if (text.Split(fields, '$') != 6 || !text[fields[0]].IsEmpty) return PhcError.Structure;
        if (text[fields[1]] is not "argon2id") return PhcError.Algorithm;
        if (text[fields[2]] is not "v=19") return PhcError.Version;

        var error = ParseParameters(text[fields[3]], out var parameters, out var keyId);
        if (error != PhcError.None) return error;

        Span<byte> salt = stackalloc byte[CanonicalBase64.MaxBytes];
        Span<byte> hash = stackalloc byte[CanonicalBase64.MaxBytes];
        if (!CanonicalBase64.TryDecode(text[fields[4]], salt, out var saltLength)
            || saltLength is < PhcString.MinSaltLength or > PhcString.MaxSaltLength)
        {
            return PhcError.Salt;
        }

        if (!CanonicalBase64.TryDecode(text[fields[5]], hash, out var hashLength)
            || hashLength is < PhcString.MinHashLength or > PhcString.MaxHashLength)
        {
            return PhcError.Hash;
        }

        parameters = parameters! with { SaltLength = saltLength, TagLength = hashLength };
        result = new PhcString(parameters, salt[..saltLength], hash[..hashLength], keyId);
        return PhcError.None;
    }

    private static PhcError ParseParameters(ReadOnlySpan<char> text, out Argon2Parameters? parameters, out string? keyId)
    {
        parameters = null;
        keyId = null;
        Span<Range> items = stackalloc Range[5];
        var count = text.Split(items, ',');
        if (!TryReadNumber(text[items[0]], "m=", Argon2Parameters.MaxMemoryKiB, out var memory)) return PhcError.Memory;
        if (count < 2 || !TryReadNumber(text[items[1]], "t=", int.MaxValue, out var iterations)) return PhcError.Iterations;
        if (count < 3 || !TryReadNumber(text[items[2]], "p=", Argon2Parameters.MaxParallelism, out var lanes)) return PhcError.Parallelism;
        if (count > 4 || (count == 4 && !TryReadKeyId(text[items[3]], out keyId))) return PhcError.KeyId;
        if (memory / 8 < lanes) return PhcError.Memory;

        parameters = new Argon2Parameters { MemoryKiB = memory, Iterations = iterations, Parallelism = lanes };
        return PhcError.None;
    }

    // One spelling for each number: ASCII digits, no sign, no leading zero; 1 to `most`.
    private static bool TryReadNumber(ReadOnlySpan<char> item, string name, int most, out int value)
    {
        value = 0;
        if (!item.StartsWith(name, StringComparison.Ordinal)) return false;
        var digits = item[name.Length..];

        // The platform's parser alone would forgive trailing NULs.
        return digits.Length is >= 1 and <= 10
            && digits[0] != '0'
            && !digits.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= most;
    }

    private static bool TryReadKeyId(ReadOnlySpan<char> item, out string? keyId)
    {
        keyId = null;
        const string name = "keyid=";
        if (!item.StartsWith(name, StringComparison.Ordinal)) return false;

        Span<byte> bytes = stackalloc byte[CanonicalBase64.MaxBytes];
        Span<char> chars = stackalloc char[CanonicalBase64.MaxBytes];
        if (!CanonicalBase64.TryDecode(item[name.Length..], bytes, out var length)) return false;
        Encoding.Latin1.GetChars(bytes[..length], chars);
        if (!KeyId.IsValid(chars[..length])) return false;
        keyId = new string(chars[..length]);
        return true;
    }
}
