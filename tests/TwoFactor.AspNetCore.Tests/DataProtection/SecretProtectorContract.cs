using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.DataProtection;

/// <summary>What every protector of seeds keeps.</summary>
public abstract class SecretProtectorContract
{
    private static readonly byte[] s_place = "user-7|enrolment-1"u8.ToArray();

    /// <summary>A ring with one key; the same ring with a newer one besides; and the newer one alone.</summary>
    protected abstract (ISecretProtector Before, ISecretProtector After, ISecretProtector Without) Rotation();

    private ISecretProtector Protector { get; set; } = null!;

    [SetUp]
    public void Make() => Protector = Rotation().Before;

    [Test]
    public void Secrets_of_any_length_come_back()
    {
        foreach (var length in new[] { 0, 1, 15, 16, 17, 20, 31, 32, 33, 64, 127, 128, 255, 4096 })
        {
            var secret = RandomNumberGenerator.GetBytes(length);
            var envelope = Protector.Protect(secret, s_place);
            var destination = new byte[Protector.GetMaxSecretLength(envelope.Length)];

            Assert.That((Protector.Unprotect(envelope, s_place, destination, out var written), written), Is.EqualTo((UnprotectOutcome.Success, length)));
            Assert.That(destination[..written], Is.EqualTo(secret));
            Assert.That(destination.Skip(written), Is.All.Zero);
        }
    }

    [Test]
    public void The_longest_seed_that_is_stored_fits_into_what_the_length_of_its_envelope_promises() =>
        Assert.That(Protector.GetMaxSecretLength(Protector.Protect(new byte[64], s_place).Length), Is.InRange(64, 128));

    [Test]
    public void The_envelope_shows_nothing_of_the_secret_and_is_never_the_same()
    {
        var secret = "CANARY-CANARY-CANARY"u8.ToArray();
        var envelope = Protector.Protect(secret, s_place);

        Assert.That(envelope.AsSpan().IndexOf("CANARY"u8), Is.EqualTo(-1));
        Assert.That(Protector.Protect(secret, s_place), Is.Not.EqualTo(envelope));
    }

    [Test]
    public void No_single_bit_flip_opens()
    {
        var envelope = Protector.Protect(RandomNumberGenerator.GetBytes(20), s_place);
        var destination = new byte[Protector.GetMaxSecretLength(envelope.Length)];
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
            destination.AsSpan().Fill(7);
            Assert.That(Protector.Unprotect(envelope, s_place, destination, out var written), Is.Not.EqualTo(UnprotectOutcome.Success), $"bit {bit}");
            Assert.That((written, destination.All(value => value == 0)), Is.EqualTo((0, true)), $"bit {bit}");
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    [Attack(23)]
    public void A_row_moved_to_another_user_or_enrolment_is_invalid()
    {
        var envelope = Protector.Protect("seed of seven"u8, s_place);
        foreach (var other in new[] { "user-8|enrolment-1", "user-7|enrolment-2", "user-7|enrolment-", "", "user-7|enrolment-1 " })
            Assert.That(Protector.Unprotect(envelope, Encoding.ASCII.GetBytes(other), new byte[512], out _), Is.EqualTo(UnprotectOutcome.Invalid), other);
        Assert.That(Protector.Unprotect(Protector.Protect("seed"u8, []), [], new byte[512], out _), Is.EqualTo(UnprotectOutcome.Success));
    }

    [Test]
    public void Cut_and_lengthened_envelopes_are_not_opened()
    {
        var envelope = Protector.Protect(new byte[20], s_place);
        for (var length = 0; length < envelope.Length; length++)
            Assert.That(Protector.Unprotect(envelope.AsSpan(0, length), s_place, new byte[512], out _), Is.EqualTo(UnprotectOutcome.Invalid), $"{length}");
        Assert.That(Protector.Unprotect([.. envelope, 0], s_place, new byte[512], out _), Is.EqualTo(UnprotectOutcome.Invalid));
        Assert.That(Protector.NeedsRotation(envelope.AsSpan(0, 10)), Is.True);
        Assert.That(Protector.HasKeyOf(envelope.AsSpan(0, 10)), Is.False);
    }

    [Test]
    [Attack(37)]
    public void Rotation_opens_the_old_asks_for_the_new_and_a_lost_key_is_told_apart_from_tampering()
    {
        var (before, after, without) = Rotation();
        var envelope = before.Protect("seed"u8, s_place);
        var destination = new byte[512];
        Assert.That((before.NeedsRotation(envelope), after.NeedsRotation(envelope)), Is.EqualTo((false, true)));
        Assert.That((before.HasKeyOf(envelope), after.HasKeyOf(envelope), without.HasKeyOf(envelope)), Is.EqualTo((true, true, false)));
        Assert.That(after.Unprotect(envelope, s_place, destination, out var written), Is.EqualTo(UnprotectOutcome.Success));

        var renewed = after.Protect(destination.AsSpan(0, written), s_place);
        Assert.That(after.NeedsRotation(renewed), Is.False);
        Assert.That(without.Unprotect(envelope, s_place, destination, out _), Is.EqualTo(UnprotectOutcome.KeyMissing));
        Assert.That(without.Unprotect(renewed, s_place, destination, out _), Is.EqualTo(UnprotectOutcome.Success));
    }

    [Test]
    public void A_short_destination_is_misuse()
    {
        var envelope = Protector.Protect(new byte[20], []);
        Assert.That(
            () => Protector.Unprotect(envelope, [], new byte[Protector.GetMaxSecretLength(envelope.Length) - 1], out _),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("destination"));
        Assert.That(Protector.GetMaxSecretLength(0), Is.Zero);
        Assert.That(() => Protector.GetMaxSecretLength(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Many_threads_share_one_protector()
    {
        var failures = 0;
        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var (secret, place) = (BitConverter.GetBytes(i), BitConverter.GetBytes(~i));
            var destination = new byte[512];
            var outcome = Protector.Unprotect(Protector.Protect(secret, place), place, destination, out var written);
            if (outcome != UnprotectOutcome.Success || !destination.AsSpan(0, written).SequenceEqual(secret)) Interlocked.Increment(ref failures);
        });
        Assert.That(failures, Is.Zero);
    }
}
