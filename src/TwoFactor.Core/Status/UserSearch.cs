using System.Collections.Immutable;
using System.Text;

namespace TwoFactor.Status;

/// <summary>
/// What somebody enters in the search box of a list. A user is found when every word of it begins a word of the name or of the e-mail address,
/// without regard to case: <c>ann</c> finds Ann Bee, Annette and ann@example.com, and not Joanna; <c>bee ann</c> and <c>ann@exam</c> find Ann Bee of example.com.
/// A database can answer that from an index, which it cannot for text in the middle of a word.
/// </summary>
public sealed record UserSearch
{
    /// <summary>The length to which words are cut, in UTF-16 characters.</summary>
    public const int MaxWordLength = 64;

    /// <summary>How many different words count; further ones are not looked at.</summary>
    public const int MaxWords = 16;

    private UserSearch(ImmutableArray<string> words) => Words = words;

    /// <summary>The words, in lower case, each once; none when there is no letter or digit, and then nobody is found.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>Reads a search; null when there is nothing but white space, which is no search. Any text is allowed.</summary>
    public static UserSearch? Parse(string? text) => string.IsNullOrWhiteSpace(text) ? null : new UserSearch([.. Split(text).Distinct(StringComparer.Ordinal).Take(MaxWords)]);

    /// <summary>The words by which a user is found: runs of letters, digits and combining marks, in lower case, each once, ordered.</summary>
    public static ImmutableArray<string> WordsOf(string name, string email)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(email);
        return [.. Split(name).Concat(Split(email)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>True when the search finds a user of that name and e-mail address.</summary>
    public bool Finds(string name, string email)
    {
        var words = WordsOf(name, email);
        return !Words.IsEmpty && Words.All(word => words.Any(other => other.StartsWith(word, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // What is ill-formed comes as U+FFFD, which is no letter.
            if (!IsPartOfWord(rune))
            {
                if (word.Length > 0) yield return word.ToString();
                word.Clear();
            }
            else if (word.Length + rune.Utf16SequenceLength <= MaxWordLength)
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
        }

        if (word.Length > 0) yield return word.ToString();
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
