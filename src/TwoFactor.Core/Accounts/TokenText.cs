using System.Buffers.Text;
using System.Text;

namespace TwoFactor.Accounts;

/// <summary>How tokens are written: the user and random bytes, each in Base64url, joined by dots. What is read is strict: one text, one token.</summary>
internal static class TokenText
{
    /// <summary>A user id has at most 256 characters, hence 768 bytes of UTF-8, hence 1,024 characters here.</summary>
    private const int MaxUserLength = 1024;

    public static string Write(UserId user, params ReadOnlySpan<byte[]> parts)
    {
        var text = new StringBuilder(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user.Value)));
        foreach (var part in parts) text.Append('.').Append(Base64Url.EncodeToString(part));
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote with parts of exactly these lengths in bytes; false, never an exception, for anything else.</summary>
    public static bool TryRead(string? text, ReadOnlySpan<int> lengths, out UserId user, out byte[][] parts)
    {
        (user, parts) = (default, new byte[lengths.Length][]);
        if (text is null || text.Length > MaxUserLength + lengths.Length * 64) return false;
        var fields = text.Split('.', lengths.Length + 2);
        if (fields.Length != lengths.Length + 1) return false;
        for (var i = 0; i < lengths.Length; i++)
            if (!TryDecode(fields[i + 1], out parts[i]) || parts[i].Length != lengths[i]) return false;
        return TryDecode(fields[0], out var name) && TryReadUser(name, out user);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        // White space, which the decoder would skip, is not part of a token.
        if (text.IsEmpty || text.ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text)) return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private static bool TryReadUser(byte[] bytes, out UserId userId)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var valid = PlainText.IsIdentifier(text, UserId.MaxLength) && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes);
        userId = valid ? new UserId(text) : default;
        return valid;
    }
}
