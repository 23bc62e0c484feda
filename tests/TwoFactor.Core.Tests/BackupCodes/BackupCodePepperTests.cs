using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.Tests.BackupCodes;

[Feature("E6")]
public class BackupCodePepperTests
{
    private static readonly byte[] s_first = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] s_second = RandomNumberGenerator.GetBytes(16);

    [Test]
    [Attack(37)]
    public async Task A_pepper_can_be_rotated_and_its_loss_is_told()
    {
        using var first = new BackupCodePepper("pepper-1", s_first);
        using var second = new BackupCodePepper("pepper-2", s_second);
        using var ring = new BackupCodePepperRing(first);
        using var rotatedRing = new BackupCodePepperRing(second, first);
        using var lostRing = new BackupCodePepperRing(second);
        using var hasher = Hasher(ring);
        using var rotated = Hasher(rotatedRing);
        using var lost = Hasher(lostRing);
        using var none = Hasher(null);

        var batch = (await hasher.GenerateAsync(default))!;
        var code = BackupCodeHasherTests.Parse(batch.Codes[0], out _);

        Assert.That(batch.Hashes[0], Does.Contain($",keyid={Convert.ToBase64String("pepper-1"u8).TrimEnd('=')}$"));
        Assert.That(await Outcome(hasher, batch.Hashes[0], code), Is.EqualTo(BackupCodeOutcome.Match));
        Assert.That(await Outcome(rotated, batch.Hashes[0], code), Is.EqualTo(BackupCodeOutcome.Match));
        using var counter = new HashCounter();
        Assert.That(await Outcome(lost, batch.Hashes[0], code), Is.EqualTo(BackupCodeOutcome.PepperMissing));
        Assert.That(await Outcome(none, batch.Hashes[0], code), Is.EqualTo(BackupCodeOutcome.PepperMissing));
        Assert.That(counter.Count, Is.Zero);
    }

    [Test]
    public async Task The_pepper_is_the_secret_value_of_argon2()
    {
        using var pepper = new BackupCodePepper("k", s_first);
        using var ring = new BackupCodePepperRing(pepper);
        using var hasher = Hasher(ring);
        var batch = (await hasher.GenerateAsync(default))!;
        Assert.That(PhcString.TryParse(batch.Hashes[0], out var stored, out _), Is.True);
        var tag = new byte[32];

        Argon2id.Hash(
            Encoding.ASCII.GetBytes(BackupCodeHasherTests.Parse(batch.Codes[0], out _)), stored!.Salt, stored.Parameters, tag, s_first);

        Assert.That(tag, Is.EqualTo(stored.Hash.ToArray()));
    }

    [Test]
    public async Task A_hash_under_the_name_of_another_pepper_does_not_match()
    {
        using var one = new BackupCodePepper("k", s_first);
        using var other = new BackupCodePepper("k", s_second);
        using var ring = new BackupCodePepperRing(one);
        using var otherRing = new BackupCodePepperRing(other);
        using var hasher = Hasher(ring);
        using var otherHasher = Hasher(otherRing);
        var batch = (await hasher.GenerateAsync(default))!;

        var code = BackupCodeHasherTests.Parse(batch.Codes[0], out _);

        Assert.That(await Outcome(otherHasher, batch.Hashes[0], code), Is.EqualTo(BackupCodeOutcome.Mismatch));
    }

    [Test]
    public async Task Hashes_from_before_there_was_a_pepper_still_verify()
    {
        using var plain = Hasher(null);
        using var pepper = new BackupCodePepper("k", s_first);
        using var ring = new BackupCodePepperRing(pepper);
        using var peppered = Hasher(ring);
        var batch = (await plain.GenerateAsync(default))!;

        var code = BackupCodeHasherTests.Parse(batch.Codes[0], out _);

        Assert.That(await Outcome(peppered, batch.Hashes[0], code), Is.EqualTo(BackupCodeOutcome.Match));
    }

    [Test]
    [Attack(35)]
    public void Configuration_is_checked_and_no_pepper_is_quoted()
    {
        const string canary = "CANARYcanaryCANARYcan";
        Assert.That(
            BackupCodePepperRing.TryFromBase64("k", [new("k", Convert.ToBase64String(s_second))], out var ring, out _), Is.True);
        Assert.That(ring!.ToString(), Is.EqualTo("BackupCodePepperRing: 1 peppers, current 'k'"));
        ring.Dispose();

        Assert.That(BackupCodePepperRing.TryFromBase64("k", [new("k", canary)], out _, out var error), Is.False);
        Assert.That(error.Problem, Is.EqualTo(KeyRingProblem.InvalidBase64));
        Assert.That(error.Message, Does.Not.Contain(canary));
    }

    [TestCase(15)]
    [TestCase(65)]
    public void A_pepper_of_another_length_is_misuse(int length) =>
        Assert.That(
            () => new BackupCodePepper("k", new byte[length]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("secret"));

    [Test]
    public void One_id_twice_is_misuse()
    {
        using var one = new BackupCodePepper("k", s_first);
        using var other = new BackupCodePepper("k", s_second);

        Assert.That(() => new BackupCodePepperRing(one, other), Throws.ArgumentException.With.Message.Contains("'k'"));
    }

    private static BackupCodeHasher Hasher(BackupCodePepperRing? ring) =>
        new(BackupCodeHasherTests.Cheap with { Count = 1 }, ring, TimeProvider.System);

    private static async Task<BackupCodeOutcome> Outcome(BackupCodeHasher hasher, string hash, char[] code) =>
        (await hasher.VerifyAsync(hash, code, default)).Outcome;
}
