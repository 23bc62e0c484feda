using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E1")]
[Attack(27)]
public sealed class OtpCodeTests
{
    private const int Digits = 6;

    [TestCase("123456")]
    [TestCase(" 123456 ")]
    [TestCase("123 456")]
    [TestCase("123\u00A0456")]
    [TestCase("1 2 3 4 5 6")]
    [TestCase("123-456")]
    [TestCase("123\u2011456")]
    [TestCase("123\u2013456")]
    [TestCase("123\u2014456")]
    [TestCase("\u200B123456\uFEFF")]
    [TestCase("1\u200C2\u200D3\u20604-5\u00A06")]
    public void Spaces_and_dashes_mean_nothing(string text)
    {
        Span<char> digits = stackalloc char[Digits];
        Assert.That(OtpCode.TryNormalize(text, Digits, digits), Is.True);
        Assert.That(digits.ToString(), Is.EqualTo("123456"));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("12345")]
    [TestCase("1234567")]
    [TestCase("0123456")]
    [TestCase("+123456")]
    [TestCase("+12345")]
    [TestCase("\u2212123456", TestName = "{m}(minus sign)")]
    [TestCase("123456\n")]
    [TestCase("\n123456")]
    [TestCase("123456\r\n")]
    [TestCase("123\t456")]
    [TestCase("123456\0")]
    [TestCase("123\0456")]
    [TestCase("123456\u0085", TestName = "{m}(next line)")]
    [TestCase("123456\u2028", TestName = "{m}(line separator)")]
    [TestCase("123\u3000456", TestName = "{m}(ideographic space)")]
    [TestCase("123\u2009456", TestName = "{m}(thin space)")]
    [TestCase("123\u202E456", TestName = "{m}(right-to-left override)")]
    [TestCase("１２３４５６", TestName = "{m}(full-width digits)")]
    [TestCase("١٢٣٤٥٦", TestName = "{m}(Arabic digits)")]
    [TestCase("१२३४५६", TestName = "{m}(Devanagari digits)")]
    [TestCase("𝟏𝟐𝟑𝟒𝟓𝟔", TestName = "{m}(mathematical digits)")]
    [TestCase("12345６", TestName = "{m}(one full-width digit)")]
    [TestCase("①②③④⑤⑥", TestName = "{m}(circled digits)")]
    [TestCase("12345²", TestName = "{m}(superscript)")]
    [TestCase("1.23456")]
    [TestCase("1,23456")]
    [TestCase("1e5000")]
    [TestCase("0x1234")]
    [TestCase("12345a")]
    [TestCase("O12345")]
    [TestCase("'123456'")]
    public void Anything_else_is_malformed(string text)
    {
        Span<char> digits = stackalloc char[Digits];
        digits.Fill('x');
        Assert.That(OtpCode.TryNormalize(text, Digits, digits), Is.False);
        Assert.That(digits.ToString(), Is.EqualTo(new string('\0', Digits)), "nothing half-read is left behind");

        var result = Totp.Verify(RfcKey.Bytes, text, RfcKey.MiddleOf(1), TotpParameters.Default, TotpWindow.Default);
        Assert.That(result.Outcome, Is.EqualTo(TotpOutcome.Malformed));
        Assert.That(Hotp.Verify(RfcKey.Bytes, text, 0, lookAhead: 10).Outcome, Is.EqualTo(HotpOutcome.Malformed));
    }

    [Test]
    public void Every_character_that_is_no_digit_and_no_separator_is_malformed()
    {
        const string separators = " -\u00A0\u200B\u200C\u200D\u2060\uFEFF\u2010\u2011\u2012\u2013\u2014\u2015";
        Span<char> digits = stackalloc char[Digits];
        for (var c = 0; c <= char.MaxValue; c++)
        {
            // In front of six digits a separator alone leaves six.
            var accepted = OtpCode.TryNormalize((char)c + "123456", Digits, digits);
            Assert.That(accepted, Is.EqualTo(separators.Contains((char)c, StringComparison.Ordinal)), $"U+{c:X4} in front");
            // In place of the sixth an ASCII digit alone makes six.
            accepted = OtpCode.TryNormalize("12345" + (char)c, Digits, digits);
            Assert.That(accepted, Is.EqualTo(c is >= '0' and <= '9'), $"U+{c:X4} behind");
        }
    }

    [Test]
    [Attack(3)]
    public void All_spellings_of_a_used_code_are_replays()
    {
        var code = Totp.Generate(RfcKey.Bytes, 100, TotpParameters.Default);
        string[] spellings = [code, " " + code, $"{code[..3]} {code[3..]}", $"{code[..3]}-{code[3..]}", $"{code[..3]}\u00A0{code[3..]}", code + "\u200B"];
        foreach (var spelling in spellings)
        {
            var result = Totp.Verify(RfcKey.Bytes, spelling, RfcKey.MiddleOf(100), TotpParameters.Default, TotpWindow.Default, lastAcceptedStep: 100);
            Assert.That(result.Outcome, Is.EqualTo(TotpOutcome.Replayed), spelling);
        }
    }

    [Test]
    public void The_length_of_the_text_is_bounded()
    {
        Span<char> digits = stackalloc char[Digits];
        Assert.That(OtpCode.TryNormalize("123456".PadRight(OtpCode.MaxTextLength), Digits, digits), Is.True);
        Assert.That(OtpCode.TryNormalize("123456".PadRight(OtpCode.MaxTextLength + 1), Digits, digits), Is.False);
        Assert.That(OtpCode.TryNormalize(new string('1', 10_000_000), Digits, digits), Is.False);
    }

    [Test]
    public void More_digits_than_wanted_never_fit([Range(6, 8)] int wanted, [Range(0, 12)] int given)
    {
        Span<char> digits = stackalloc char[8];
        Assert.That(OtpCode.TryNormalize(new string('7', given), wanted, digits), Is.EqualTo(given == wanted));
    }

    [Test]
    public void Misuse_names_the_parameter()
    {
        Assert.That(() => OtpCode.TryNormalize("12345", 5, new char[8]),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("digits"));
        Assert.That(() => OtpCode.TryNormalize("123456", 6, new char[5]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("destination"));
    }
}
