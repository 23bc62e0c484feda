using System.Buffers.Text;
using System.Text;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>
/// Ids in the path of an address. Most stand there as they are, escaped. Servers and proxies do not agree about slashes, percent signs, backslashes and dots in
/// a path, and an id that arrives as another one would be another user: one with such characters is written as <c>~</c> and the Base64url of its UTF-8.
/// </summary>
internal static class PathIds
{
    public const string Expected = "It must be an id, escaped; one with '/', '\\' or '%', or that begins with '~' or '.', is written as '~' and the Base64url of its UTF-8.";

    public static string Write(string id) => IsPlain(id) ? Uri.EscapeDataString(id) : "~" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    /// <summary>Reads a segment that the server has unescaped.</summary>
    public static bool TryReadUser(string segment, out UserId id) => UserId.TryCreate(Read(segment), out id);

    private static bool IsPlain(string id) => !id.StartsWith('~') && !id.StartsWith('.') && !id.AsSpan().ContainsAny('/', '\\', '%');

    private static string? Read(string segment)
    {
        if (!segment.StartsWith('~')) return IsPlain(segment) ? segment : null;
        var text = segment.AsSpan(1);
        // White space and padding, which the decoder would skip, would give one id many names.
        if (text.Length > UserId.MaxLength * 4 || text.ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        var id = Encoding.UTF8.GetString(bytes);
        return Encoding.UTF8.GetBytes(id).AsSpan().SequenceEqual(bytes) ? id : null;
    }
}
