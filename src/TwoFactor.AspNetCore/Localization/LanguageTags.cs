using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TwoFactor.AspNetCore.Localization;

/// <summary>Language tags and ranges (RFC 4647, 3.4: lookup), without the runtime's culture data, which a host may have left out.</summary>
internal static class LanguageTags
{
    private const int MaxRanges = 20;

    /// <summary>One to eight letters, then parts of one to eight letters or digits, joined by hyphens.</summary>
    public static bool IsTag(string text)
    {
        var parts = text.Split('-');
        return parts[0].All(char.IsAsciiLetter) && parts.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>The ranges of <c>Accept-Language</c>, the dearest first; those refused with a quality of 0, the wildcard and what is not a tag left out.</summary>
    public static IEnumerable<string> Accepted(HttpRequest request) => StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var ranges)
        ? ranges.Take(MaxRanges).Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1).Select(range => range.Value.ToString())
        : [];

    /// <summary>The first of the languages that serves the range: its own, or that of a shorter one.</summary>
    public static TwoFactorLanguage? Lookup(IReadOnlyList<TwoFactorLanguage> languages, string range)
    {
        for (var tag = range; tag.Length > 0; tag = Shortened(tag))
        {
            // The last one added wins.
            for (var i = languages.Count - 1; i >= 0; i--)
            {
                if (string.Equals(languages[i].Tag, tag, StringComparison.OrdinalIgnoreCase)) return languages[i];
            }
        }

        return null;
    }

    private static string Shortened(string tag)
    {
        var hyphen = tag.LastIndexOf('-');
        if (hyphen < 0) return "";
        // A single letter or digit introduces what follows it, and goes with it.
        return hyphen >= 2 && tag[hyphen - 2] == '-' ? tag[..(hyphen - 2)] : tag[..hyphen];
    }
}
