using NUnit.Framework;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Status;

/// <summary>"Enter a name or email in the search box": every word begins a word of the name or the address.</summary>
[Feature("B9")]
public sealed class UserSearchTests
{
    [TestCase("ann", true)]
    [TestCase("BEE", true)]
    [TestCase("bee ann", true)]
    [TestCase("ann@exam", true)]
    [TestCase("a.bee@example.com", true)]
    [TestCase("nn", false)]
    [TestCase("ann cleo", false)]
    [TestCase("%", false)]
    [TestCase("' OR 1=1 --", false)]
    public void A_user_is_found_by_the_beginnings_of_words(string text, bool found) =>
        Assert.That(UserSearch.Parse(text)!.Finds("Ann Bee", "a.bee@example.com"), Is.EqualTo(found));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \t\u00A0")]
    public void Nothing_but_white_space_is_no_search(string? text) => Assert.That(UserSearch.Parse(text), Is.Null);

    [Test]
    public void Hostile_text_is_text()
    {
        Assert.That(UserSearch.Parse("\uD800x\0y")!.Words, Is.EqualTo(new[] { "x", "y" }));
        Assert.That(UserSearch.Parse(new string('a', 1_000_000))!.Words.Single(), Has.Length.EqualTo(UserSearch.MaxWordLength));
        Assert.That(UserSearch.Parse(string.Join(' ', Enumerable.Range(0, 1000)))!.Words, Has.Length.EqualTo(UserSearch.MaxWords));
        Assert.That(UserSearch.WordsOf("Zo\u00EB M\u00FCller ann", "Ann@Example.com"), Is.EquivalentTo(new[] { "zo\u00EB", "m\u00FCller", "ann", "example", "com" }));
    }
}
