using NUnit.Framework;
using TwoFactor.Provisioning;
using TwoFactor.Testing;
using Error = TwoFactor.Provisioning.ProvisioningLabelError;

namespace TwoFactor.Tests.Provisioning;

[TestFixture]
[Feature("E3")]
public sealed class ProvisioningLabelTests
{
    [TestCase("a")]
    [TestCase("Example Ltd.")]
    [TestCase("alice@example.com")]
    [TestCase("Müller & Söhne (東京) 😀")]
    [TestCase("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", TestName = "{m}(Persian with a zero-width non-joiner)")]
    [TestCase("\U0001F469\u200D\U0001F4BB", TestName = "{m}(emoji with a zero-width joiner)")]
    public void Ordinary_names_are_fit(string text)
    {
        Assert.That(ProvisioningLabel.TryValidate(text, out var error), Is.True);
        Assert.That(error, Is.EqualTo(Error.None));
    }

    [TestCase(null, Error.Empty)]
    [TestCase("", Error.Empty)]
    [TestCase(" \u3000", Error.Empty)]
    [TestCase("a:b", Error.Colon)]
    [TestCase(":", Error.Colon)]
    [TestCase("a\0", Error.ForbiddenCharacter)]
    [TestCase("a\r\nb", Error.ForbiddenCharacter)]
    [TestCase("a\tb", Error.ForbiddenCharacter)]
    [TestCase("a\u007F", Error.ForbiddenCharacter, TestName = "{m}(delete)")]
    [TestCase("a\u0085b", Error.ForbiddenCharacter, TestName = "{m}(next line)")]
    [TestCase("a\u2028b", Error.ForbiddenCharacter, TestName = "{m}(line separator)")]
    [TestCase("a\u061Cb", Error.ForbiddenCharacter, TestName = "{m}(Arabic letter mark)")]
    [TestCase("a\u200Eb", Error.ForbiddenCharacter, TestName = "{m}(left-to-right mark)")]
    [TestCase("a\u202Ab", Error.ForbiddenCharacter, TestName = "{m}(left-to-right embedding)")]
    [TestCase("a\u202Eb", Error.ForbiddenCharacter, TestName = "{m}(right-to-left override)")]
    [TestCase("a\u2069b", Error.ForbiddenCharacter, TestName = "{m}(pop directional isolate)")]
    [TestCase("a\u200Bb", Error.ForbiddenCharacter, TestName = "{m}(zero-width space)")]
    [TestCase("a\uFEFFb", Error.ForbiddenCharacter, TestName = "{m}(byte order mark)")]
    [TestCase("a\U000E0041b", Error.ForbiddenCharacter, TestName = "{m}(tag character)")]
    [TestCase(" a", Error.OuterSpace)]
    [TestCase("a\u00A0", Error.OuterSpace, TestName = "{m}(no-break space at the end)")]
    public void Unfit_names_say_why(string? text, Error expected)
    {
        Assert.That(ProvisioningLabel.TryValidate(text, out var error), Is.False);
        Assert.That(error, Is.EqualTo(expected));
    }

    /// <summary>Not a test case: attributes store strings as UTF-8, which cannot hold it.</summary>
    [Test]
    public void An_unpaired_surrogate_is_unfit() => Unfit_names_say_why("a\uD83Db", Error.InvalidUnicode);

    [TestCase('x', 512)]
    [TestCase('@', 170)]
    [TestCase('ä', 85)]
    [TestCase('東', 56)]
    public void The_escaped_length_is_at_most_512(char c, int longest)
    {
        Assert.That(ProvisioningLabel.TryValidate(new string(c, longest), out _), Is.True);
        Assert.That(ProvisioningLabel.TryValidate(new string(c, longest + 1), out var error), Is.False);
        Assert.That(error, Is.EqualTo(Error.TooLong));
    }

    [Test]
    public void A_huge_text_is_refused() => Assert.That(ProvisioningLabel.TryValidate(new string('x', 10_000_000), out _), Is.False);
}
