using System.Collections.Frozen;
using System.Collections.Immutable;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Localization;

/// <summary>
/// The texts of the API in one language. A host adds its own with <c>options.Languages.Add(...)</c>; one with the tag of a built-in language takes its
/// place.
/// </summary>
public sealed class TwoFactorLanguage
{
    private readonly FrozenDictionary<string, ProblemText> _texts;

    /// <summary>Makes a language.</summary>
    /// <param name="tag">Its BCP 47 tag: <c>de</c>, <c>pt-BR</c>. A reader of <c>pt-PT</c> is served by <c>pt</c>, not by <c>pt-BR</c>.</param>
    /// <param name="texts">The text of every <see cref="ProblemCode"/>, by its name.</param>
    /// <param name="appEntryRemains">What a user reads who has removed the authenticator: that the entry in the app remains and should be deleted.</param>
    /// <exception cref="ArgumentException">The tag is none, or a code has no text; the message names the codes.</exception>
    public TwoFactorLanguage(string tag, IReadOnlyDictionary<string, ProblemText> texts, string appEntryRemains)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrWhiteSpace(appEntryRemains);
        if (!LanguageTags.IsTag(tag)) throw new ArgumentException($"'{tag}' is not a language tag such as de or pt-BR.", nameof(tag));
        if (MissingFrom(texts) is { IsEmpty: false } missing)
            throw new ArgumentException($"The language '{tag}' lacks a title or detail of: {string.Join(", ", missing)}.", nameof(texts));
        (Tag, AppEntryRemains) = (tag, appEntryRemains);
        _texts = texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>English, which serves everybody whose language is not there.</summary>
    public static TwoFactorLanguage English { get; } = new("en", EnglishTexts.Problems, EnglishTexts.AppEntryRemains);

    /// <summary>German.</summary>
    public static TwoFactorLanguage German { get; } = new("de", GermanTexts.Problems, GermanTexts.AppEntryRemains);

    /// <summary>The BCP 47 tag.</summary>
    public string Tag { get; }

    /// <summary>That the entry in the authenticator app remains after the authenticator was removed.</summary>
    public string AppEntryRemains { get; }

    /// <summary>The text of a code.</summary>
    public ProblemText TextOf(ProblemCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return _texts[code.Name];
    }

    private static ImmutableArray<string> MissingFrom(IReadOnlyDictionary<string, ProblemText> texts) =>
        [.. ProblemCode.All.Select(code => code.Name).Where(name => !texts.TryGetValue(name, out var text) || IsEmpty(text))];

    private static bool IsEmpty(ProblemText? text) => string.IsNullOrWhiteSpace(text?.Title) || string.IsNullOrWhiteSpace(text.Detail);
}
