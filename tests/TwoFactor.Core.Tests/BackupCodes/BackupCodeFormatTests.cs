using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Testing;

namespace TwoFactor.Tests.BackupCodes;

[Feature("E6")]
public class BackupCodeFormatTests
{
    // By hand: slot 0 and fourteen zeros have the check symbol 0; a symbol 1 at place 14 weighs a, which is 2.
    [TestCase("0000-0000-0000-0000", 0)]
    [TestCase("0000-0000-0000-0012", 0)]
    public void Codes_worked_out_by_hand_are_read(string text, int slot)
    {
        var canonical = new char[16];

        Assert.That(BackupCodeFormat.TryParse(text, canonical, out var read, out var error), Is.True, () => error.ToString());
        Assert.That(read, Is.EqualTo(slot));
        Assert.That(BackupCodeFormat.Format(canonical), Is.EqualTo(text));
    }

    [Test]
    public void A_generated_code_names_its_slot_and_survives_the_round_trip()
    {
        var canonical = new char[16];
        var parsed = new char[16];
        for (var slot = 0; slot < 32; slot++)
        {
            BackupCodeGenerator.Create(slot, canonical);

            Assert.That(BackupCodeFormat.TryParse(BackupCodeFormat.Format(canonical), parsed, out var read, out _), Is.True);
            Assert.That((read, new string(parsed)), Is.EqualTo((slot, new string(canonical))));
        }
    }

    [Test]
    public void All_spellings_of_a_code_are_one_code()
    {
        const string code = "0000000000000012";
        var canonical = new char[16];
        foreach (var spelling in new[]
        {
            "0000000000000012", "OOOO-oooo-0000-00L2", "oooo oooo 0000 00i2", "0000\u00A00000\u200B0000\u20600012\uFEFF",
            "--0000\u20100000\u20130000\u20140012", "   0 0 0 0 0 0 0 0 0 0 0 0 0 0 I 2   ", "0000\u22120000\u200C0000\u200D0012",
        })
        {
            Assert.That(BackupCodeFormat.TryParse(spelling, canonical, out _, out _), Is.True, spelling);
            Assert.That(new string(canonical), Is.EqualTo(code));
        }
    }

    [TestCase("", BackupCodeError.TooShort)]
    [TestCase("   ---   ", BackupCodeError.TooShort)]
    [TestCase("0000-0000-0000-000", BackupCodeError.TooShort)]
    [TestCase("0000-0000-0000-00000", BackupCodeError.TooLong)]
    [TestCase("0000-0000-0000-0001", BackupCodeError.CheckFailed)]
    [TestCase("0000-0000-0000-000U", BackupCodeError.InvalidSymbol)]
    [TestCase("0000-0000-0000-000u", BackupCodeError.InvalidSymbol)]
    [TestCase("0000-0000-0000-0000\n", BackupCodeError.InvalidSymbol)]
    [TestCase("0000-0000-0000-0000\0", BackupCodeError.InvalidSymbol)]
    [TestCase("0000-0000-0000-000\uFF10", BackupCodeError.InvalidSymbol)]
    [TestCase("0000-0000-0000-000\u0660", BackupCodeError.InvalidSymbol)]
    [TestCase("0000-0000-0000-000\u212A", BackupCodeError.InvalidSymbol, Description = "Kelvin sign, which folds to K")]
    [TestCase("0000-0000-0000-000\u0131", BackupCodeError.InvalidSymbol, Description = "dotless i")]
    [TestCase("+000000000000000", BackupCodeError.InvalidSymbol)]
    [TestCase("\uD83D\uDE00", BackupCodeError.InvalidSymbol)]
    [TestCase("\uDC00", BackupCodeError.InvalidSymbol)]
    public void A_malformed_text_says_what_is_wrong(string text, BackupCodeError expected)
    {
        var canonical = "################".ToCharArray();

        var parsed = BackupCodeFormat.TryParse(text, canonical, out var slot, out var error);

        Assert.That((parsed, slot, error), Is.EqualTo((false, -1, expected)));
        Assert.That(canonical, Is.All.EqualTo('\0'));
    }

    [Test]
    public void A_huge_text_is_refused_by_its_length() =>
        Assert.That(
            BackupCodeFormat.TryParse(new string(' ', 50_000_000), new char[16], out _, out var error) || error != BackupCodeError.TooLong,
            Is.False);

    [Test]
    public void No_text_throws() => Prop.ForAll<string?>(text =>
    {
        var parsed = BackupCodeFormat.TryParse(text, new char[16], out var slot, out var error);
        return parsed == (error == BackupCodeError.None) && parsed == (slot >= 0);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Misuse_is_named() => Assert.Multiple(() =>
    {
        Assert.That(
            () => BackupCodeFormat.TryParse("x", new char[15], out _, out _),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("canonical"));
        Assert.That(() => BackupCodeFormat.Format("0000-0000-0000-0000"), Throws.ArgumentException.With.Message.Not.Contains("0000"));
        Assert.That(() => BackupCodeFormat.Format("000000000000000l"), Throws.ArgumentException);
    });
}
