using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E5")]
public sealed class Base32Tests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Test]
    public void Decoding_what_was_encoded_gives_the_bytes() =>
        Prop.ForAll<byte[]>(bytes => Decode(Base32.Encode(bytes)).AsSpan().SequenceEqual(bytes)).Check(Often);

    /// <summary>The text is the bytes as one number in base 32, with zero bits appended to a whole number of symbols.</summary>
    [Test]
    public void The_encoder_agrees_with_arithmetic_on_a_large_number() => Prop.ForAll<byte[]>(bytes =>
    {
        var symbols = Base32.GetEncodedLength(bytes.Length);
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) << (symbols * 5 - bytes.Length * 8);
        var expected = string.Concat(Enumerable.Range(0, symbols).Select(i => Alphabet[(int)((number >> (5 * (symbols - 1 - i))) & 31)]));
        return Base32.Encode(bytes) == expected;
    }).Check(Often);

    [Test]
    public void No_text_makes_the_decoder_throw() => Prop.ForAll<string?>(text =>
    {
        var destination = new byte[Base32.GetMaxDecodedLength(text?.Length ?? 0)];
        var decoded = Base32.TryDecode(text, destination, out var written, out var error);
        return decoded == (error == Base32Error.None) && (decoded || (written == 0 && destination.All(b => b == 0)));
    }).Check(Often);

    [Test]
    public void Every_character_is_a_symbol_a_separator_padding_or_invalid()
    {
        const string separators = " -\u00A0\u200B\u200C\u200D\u2060\uFEFF\u2010\u2011\u2012\u2013\u2014\u2015";
        var destination = new byte[8];
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = "AAAAAAA" + (char)c;
            var decoded = Base32.TryDecode(text, destination, out var written, out var error);
            var symbol = c < 128 ? Alphabet.IndexOf(char.ToUpperInvariant((char)c), StringComparison.Ordinal) : -1;
            var expected = symbol >= 0 ? 5 : c == '=' || separators.Contains((char)c, StringComparison.Ordinal) ? 4 : 0;

            Assert.That(written, Is.EqualTo(expected), $"U+{c:X4}");
            Assert.That(error, Is.EqualTo(decoded ? Base32Error.None : Base32Error.InvalidCharacter), $"U+{c:X4}");
            if (symbol >= 0) Assert.That(destination[4], Is.EqualTo(symbol), $"U+{c:X4}");
        }
    }

    [TestCase("MZXW6===", true)]
    [TestCase("MZXW6=", true)]
    [TestCase("MZXW6 = = =", true)]
    [TestCase("======", true)]
    [TestCase("=======", false)]
    [TestCase("MZXW6===MZXW6===", false)]
    [TestCase("=MZXW6", false)]
    public void Up_to_six_padding_characters_at_the_end_are_tolerated(string text, bool valid)
    {
        Assert.That(Base32.TryDecode(text, new byte[32], out _, out var error), Is.EqualTo(valid));
        Assert.That(error, Is.EqualTo(valid ? Base32Error.None : Base32Error.BadPadding));
    }

    [Test]
    public void A_failure_leaves_nothing_of_the_secret_behind()
    {
        var destination = new byte[16];
        Assert.That(Base32.TryDecode("MZXW6YTBOI!", destination, out var written, out _), Is.False);
        Assert.That(written, Is.Zero);
        Assert.That(destination, Is.All.Zero);
    }

    [Test]
    public void Misuse_names_the_parameter()
    {
        Assert.That(() => Base32.Encode(new byte[5], new char[7]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("destination"));
        Assert.That(() => Base32.TryDecode("MZXW6YTB", new byte[4], out _, out _),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("destination"));
        Assert.That(() => Base32.GetEncodedLength(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Base32.GetEncodedLength(int.MaxValue), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Base32.GetMaxDecodedLength(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(Base32.GetMaxDecodedLength(int.MaxValue), Is.EqualTo(1_342_177_279));
    }

    private static byte[] Decode(string text)
    {
        var destination = new byte[Base32.GetMaxDecodedLength(text.Length)];
        return Base32.TryDecode(text, destination, out var written, out _) ? destination[..written] : [];
    }
}
