using System.Buffers;

namespace TwoFactor.Cryptography;

/// <summary>The one rule for key ids: 1 to 32 characters of <c>A-Z a-z 0-9 - _</c>. A 32-byte key, written in any way, is longer.</summary>
internal static class KeyId
{
    public const int MaxLength = 32;
    public const string Rule = "1 to 32 characters of A-Z, a-z, 0-9, '-' and '_'";

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool IsValid(ReadOnlySpan<char> id) => id.Length is >= 1 and <= MaxLength && !id.ContainsAnyExcept(s_allowed);

    public static string Require(string? id, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(id, parameterName);

        // The refused text is not quoted: it may be a key that stands in the wrong place.
        return IsValid(id) ? id : throw new ArgumentException($"A key id is {Rule}.", parameterName);
    }
}
