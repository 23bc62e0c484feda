using System.Collections.Frozen;
using System.Text.Json;

namespace TwoFactor.AspNetCore.Problems;

/// <summary>The names of enumeration members in the API: lower-case words joined by underscores. They are part of the contract; a test lists them.</summary>
internal static class WireNames
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Forth[value];

    /// <summary>False for any other spelling: numbers, other case, white space.</summary>
    public static bool TryParse<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.Back.TryGetValue(text, out value);
    }

    /// <summary>All names, joined for messages.</summary>
    public static string Listed<T>() where T : struct, Enum => string.Join(", ", Names<T>.Back.Keys.Order(StringComparer.Ordinal));

    private static class Names<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Forth =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> Back = Forth.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
