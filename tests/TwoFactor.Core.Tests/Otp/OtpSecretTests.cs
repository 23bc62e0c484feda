using System.Text.Json;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E5")]
public sealed class OtpSecretTests
{
    [Test]
    public void A_new_secret_has_20_random_bytes()
    {
        using var one = OtpSecret.Generate();
        using var other = OtpSecret.Generate();
        Assert.That(one.Length, Is.EqualTo(20));
        Assert.That(one.FixedTimeEquals(other), Is.False);
        Assert.That(one.Bytes.ToArray(), Is.Not.All.Zero);
    }

    [TestCase(15, false)]
    [TestCase(16, true)]
    [TestCase(64, true)]
    [TestCase(65, false)]
    public void A_new_secret_has_16_to_64_bytes(int length, bool allowed)
    {
        if (!allowed)
        {
            Assert.That(() => OtpSecret.Generate(length),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("byteLength"));
            return;
        }

        using var secret = OtpSecret.Generate(length);
        Assert.That(secret.Length, Is.EqualTo(length));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(OtpSecret.MaxLength, true)]
    [TestCase(OtpSecret.MaxLength + 1, false)]
    public void A_secret_from_elsewhere_has_1_to_1024_bytes(int length, bool allowed)
    {
        if (!allowed)
        {
            Assert.That(() => OtpSecret.FromBytes(new byte[length]), Throws.ArgumentException.With.Property("ParamName").EqualTo("bytes"));
            return;
        }

        using var secret = OtpSecret.FromBytes(new byte[length]);
        Assert.That(secret.Length, Is.EqualTo(length));
    }

    [Test]
    public void Disposing_zeroes_the_bytes_and_ends_access()
    {
        var secret = OtpSecret.FromBytes(RfcKey.Bytes);
        var bytes = secret.Bytes;
        secret.Dispose();
        secret.Dispose();

        Assert.That(bytes.ToArray(), Is.All.Zero);
        Assert.That(() => secret.Bytes.Length, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(secret.ToBase32, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(secret.ToManualEntryKey, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(secret.ToString(), Is.EqualTo("OtpSecret (redacted)"));
    }

    [Test]
    [Attack(35)]
    public void Nothing_that_prints_it_shows_it()
    {
        using var secret = OtpSecret.FromBytes(RfcKey.Bytes);
        Assert.That(secret.ToString(), Is.EqualTo("OtpSecret (redacted)"));
        Assert.That($"{secret}", Is.EqualTo("OtpSecret (redacted)"));
        Assert.That(JsonSerializer.Serialize(secret), Is.EqualTo("""{"Length":20}"""));
    }

    [Test]
    public void A_copy_is_taken()
    {
        var bytes = RfcKey.Bytes.ToArray();
        using var secret = OtpSecret.FromBytes(bytes);
        Array.Clear(bytes);
        Assert.That(secret.Bytes.SequenceEqual(RfcKey.Bytes), Is.True);
    }

    [TestCase("GEZDGNBVGY3TQOJQ")]
    [TestCase("gezdgnbvgy3tqojq")]
    [TestCase("gezd gnbv gy3t qojq")]
    [TestCase("GEZD-GNBV-GY3T-QOJQ")]
    [TestCase("GEZD\u00A0GNBV\u00A0GY3T\u00A0QOJQ")]
    [TestCase(" GEZDGNBVGY3TQOJQ== ")]
    public void Base32_is_read_in_any_case_with_spaces_dashes_and_padding(string text)
    {
        Assert.That(OtpSecret.TryParseBase32(text, out var secret, out var error), Is.True, () => error.ToString());
        using (secret)
        {
            Assert.That(secret!.Bytes.SequenceEqual("1234567890"u8), Is.True);
            Assert.That(secret.ToBase32(), Is.EqualTo("GEZDGNBVGY3TQOJQ"));
            Assert.That(secret.ToManualEntryKey(), Is.EqualTo("GEZD GNBV GY3T QOJQ"));
        }
    }

    [TestCase("", Base32Error.Empty)]
    [TestCase(" - ", Base32Error.Empty)]
    [TestCase("====", Base32Error.Empty)]
    [TestCase("GEZDGNB0", Base32Error.InvalidCharacter)]
    [TestCase("GEZDGNB1", Base32Error.InvalidCharacter)]
    [TestCase("GEZDGNB8", Base32Error.InvalidCharacter)]
    [TestCase("GEZDGNB+", Base32Error.InvalidCharacter)]
    [TestCase("GEZDGNB\n", Base32Error.InvalidCharacter)]
    [TestCase("GEZDGNB\u212A", Base32Error.InvalidCharacter, TestName = "{m}(Kelvin sign)")]
    [TestCase("GEZDGNB\u0130", Base32Error.InvalidCharacter, TestName = "{m}(Turkish dotted I)")]
    [TestCase("GEZDGNB\u0131", Base32Error.InvalidCharacter, TestName = "{m}(Turkish dotless i)")]
    [TestCase("GEZDGNB\u017F", Base32Error.InvalidCharacter, TestName = "{m}(long s)")]
    [TestCase("ＧＥＺＤＧＮＢＶ", Base32Error.InvalidCharacter, TestName = "{m}(full-width letters)")]
    [TestCase("G", Base32Error.InvalidLength)]
    [TestCase("GEZ", Base32Error.InvalidLength)]
    [TestCase("GEZDGN", Base32Error.InvalidLength)]
    [TestCase("GEZDGNBVG", Base32Error.InvalidLength)]
    [TestCase("GE=ZDGNBV", Base32Error.BadPadding)]
    [TestCase("GE=======", Base32Error.BadPadding)]
    public void What_is_no_Base32_is_refused_and_says_why(string text, Base32Error expected)
    {
        Assert.That(OtpSecret.TryParseBase32(text, out var secret, out var error), Is.False);
        Assert.That(secret, Is.Null);
        Assert.That(error, Is.EqualTo(expected));
    }

    [Test]
    public void The_length_of_the_text_is_bounded()
    {
        using var longest = OtpSecret.FromBytes(new byte[OtpSecret.MaxLength]);
        Assert.That(OtpSecret.TryParseBase32(longest.ToBase32(), out var secret, out _), Is.True);
        secret!.Dispose();
        Assert.That(OtpSecret.TryParseBase32(longest.ToBase32() + "AAAAAAAA", out _, out var error), Is.False);
        Assert.That(error, Is.EqualTo(Base32Error.TooLong));
        Assert.That(OtpSecret.TryParseBase32(new string('A', 10_000_000), out _, out error), Is.False);
        Assert.That(error, Is.EqualTo(Base32Error.TooLong));
    }

    /// <summary>Seven F are 35 bits: three belong to no byte, and are set. Issuers hand out such secrets.</summary>
    [Test]
    public void Bits_that_belong_to_no_byte_are_kept_for_writing_and_nothing_else()
    {
        Assert.That(OtpSecret.TryParseBase32("FFFFFFF", out var secret, out _), Is.True);
        Assert.That(OtpSecret.TryParseBase32("FFFFFFA", out var same, out _), Is.True);
        using (secret)
        using (same)
        {
            Assert.That(secret!.Length, Is.EqualTo(4));
            Assert.That(secret.ToBase32(), Is.EqualTo("FFFFFFF"));
            Assert.That(secret.ToManualEntryKey(), Is.EqualTo("FFFF FFF"));
            Assert.That(secret.FixedTimeEquals(same!), Is.True);
        }
    }

    [Test]
    public void The_manual_key_is_the_secret_in_groups_of_four([Range(1, 70)] int length)
    {
        using var secret = OtpSecret.FromBytes(Enumerable.Range(0, length).Select(i => (byte)(i * 37)).ToArray());
        var groups = secret.ToManualEntryKey().Split(' ');
        Assert.That(string.Concat(groups), Is.EqualTo(secret.ToBase32()));
        Assert.That(groups[..^1], Is.All.Length.EqualTo(4));
        Assert.That(groups[^1], Has.Length.InRange(1, 4));
    }
}
