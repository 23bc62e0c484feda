using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Cryptography;

[Feature("E7")]
public class AesGcmSecretProtectorTests
{
    private static readonly byte[] s_key1 = SecretKeyRing.GenerateKey();
    private static readonly byte[] s_key2 = SecretKeyRing.GenerateKey();
    private static readonly byte[] s_user = "user-7|enrolment-1"u8.ToArray();

    [Test]
    public void Secrets_of_any_length_come_back()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        foreach (var length in new[] { 0, 1, 16, 20, 32, 64, 255, 4096 })
        {
            var secret = RandomNumberGenerator.GetBytes(length);
            var envelope = protector.Protect(secret, s_user);
            var destination = new byte[protector.GetMaxSecretLength(envelope.Length)];

            var outcome = protector.Unprotect(envelope, s_user, destination, out var written);

            Assert.That((outcome, written), Is.EqualTo((UnprotectOutcome.Success, length)));
            Assert.That(destination[..written], Is.EqualTo(secret));
        }
    }

    [Test]
    public void The_envelope_is_laid_out_as_documented_and_shows_nothing_of_the_secret()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        var secret = "CANARY-CANARY-CANARY"u8.ToArray();

        var envelope = protector.Protect(secret, s_user);

        Assert.That(envelope, Has.Length.EqualTo(1 + 1 + 2 + 12 + 20 + 16));
        Assert.That(envelope[..4], Is.EqualTo(new byte[] { 1, 2, (byte)'k', (byte)'1' }));
        Assert.That(envelope.AsSpan().IndexOf("CANARY"u8), Is.EqualTo(-1));
        Assert.That(protector.Protect(secret, s_user), Is.Not.EqualTo(envelope), "nonces are drawn anew");

        // The platform opens it with the parts taken by hand: header and associated data are authenticated.
        using var aes = new AesGcm(s_key1, 16);
        var plain = new byte[20];
        aes.Decrypt(envelope.AsSpan(4, 12), envelope.AsSpan(16, 20), envelope.AsSpan(36, 16), plain, [.. envelope[..4], .. s_user]);
        Assert.That(plain, Is.EqualTo(secret));
    }

    [Test]
    public void Every_single_bit_flip_is_refused()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        var envelope = protector.Protect(RandomNumberGenerator.GetBytes(20), s_user);
        var destination = new byte[64];
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
            destination.AsSpan().Fill(7);

            var outcome = protector.Unprotect(envelope, s_user, destination, out var written);

            // A flip in the id's length or in the id names another key: one that the ring lacks, or one that does not fit.
            if (bit / 8 is 1 or 2 or 3) Assert.That(outcome, Is.Not.EqualTo(UnprotectOutcome.Success), $"bit {bit}");
            else Assert.That(outcome, Is.EqualTo(UnprotectOutcome.Invalid), $"bit {bit}");
            Assert.That((written, destination.All(value => value == 0)), Is.EqualTo((0, true)), $"bit {bit}");
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    [Attack(23)]
    public void A_row_moved_to_another_user_or_enrolment_is_refused()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        var envelope = protector.Protect("seed of seven"u8, s_user);

        foreach (var other in new[] { "user-8|enrolment-1", "user-7|enrolment-2", "user-7|enrolment-", "", "user-7|enrolment-1 " })
        {
            var outcome = protector.Unprotect(envelope, Encoding.ASCII.GetBytes(other), new byte[64], out _);
            Assert.That(outcome, Is.EqualTo(UnprotectOutcome.Invalid), other);
        }
    }

    [Test]
    public void Bytes_cannot_move_between_key_id_and_associated_data()
    {
        var ring1 = new SecretKeyRing("k", [("k", s_key1), ("kk", s_key1)]);
        using var protector = new AesGcmSecretProtector(ring1);
        var envelope = protector.Protect("seed"u8, "kx"u8);

        byte[] shifted = [1, 2, (byte)'k', (byte)'k', .. envelope[3..]];

        Assert.That(protector.Unprotect(shifted, "x"u8, new byte[64], out _), Is.EqualTo(UnprotectOutcome.Invalid));
        ring1.Dispose();
    }

    [Test]
    [Attack(37)]
    public void Rotation_opens_the_old_asks_for_the_new_and_a_lost_key_is_told_apart_from_tampering()
    {
        using var before = Ring("k1");
        using var after = Ring("k2");
        using var lost = new SecretKeyRing("k2", [("k2", s_key2)]);
        using var old = new AesGcmSecretProtector(before);
        using var rotated = new AesGcmSecretProtector(after);
        using var without = new AesGcmSecretProtector(lost);
        var envelope = old.Protect("seed"u8, s_user);
        var destination = new byte[64];

        Assert.That(old.NeedsRotation(envelope), Is.False);
        Assert.That(rotated.NeedsRotation(envelope), Is.True);
        Assert.That(rotated.Unprotect(envelope, s_user, destination, out var written), Is.EqualTo(UnprotectOutcome.Success));

        var renewed = rotated.Protect(destination.AsSpan(0, written), s_user);
        Assert.That(rotated.NeedsRotation(renewed), Is.False);
        Assert.That(without.Unprotect(envelope, s_user, destination, out _), Is.EqualTo(UnprotectOutcome.KeyMissing));
        Assert.That(without.Unprotect(renewed, s_user, destination, out _), Is.EqualTo(UnprotectOutcome.Success));
    }

    [Test]
    public void An_id_reused_for_another_key_opens_nothing()
    {
        using var first = new SecretKeyRing("k", [("k", s_key1)]);
        using var second = new SecretKeyRing("k", [("k", s_key2)]);
        using var writer = new AesGcmSecretProtector(first);
        using var reader = new AesGcmSecretProtector(second);

        Assert.That(reader.Unprotect(writer.Protect("seed"u8, []), [], new byte[64], out _), Is.EqualTo(UnprotectOutcome.Invalid));
    }

    [Test]
    public void Malformed_envelopes_of_any_length_are_invalid()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        var envelope = protector.Protect(new byte[20], []);
        for (var length = 0; length < envelope.Length; length++)
        {
            Assert.That(protector.Unprotect(envelope.AsSpan(0, length), [], new byte[64], out _), Is.EqualTo(UnprotectOutcome.Invalid));
        }

        foreach (var (version, idLength) in new[] { (0, 2), (2, 2), (255, 2), (1, 0), (1, 33), (1, 255) })
        {
            byte[] other = [(byte)version, (byte)idLength, .. envelope[2..]];
            Assert.That(protector.Unprotect(other, [], new byte[64], out _), Is.EqualTo(UnprotectOutcome.Invalid));
            Assert.That(protector.NeedsRotation(other), Is.True);
        }
    }

    [Test]
    public void A_short_destination_is_misuse() => Assert.Multiple(() =>
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        var envelope = protector.Protect(new byte[20], []);
        Assert.That(
            () => protector.Unprotect(envelope, [], new byte[20], out _),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("destination"));
        Assert.That(protector.GetMaxSecretLength(0), Is.Zero);
        Assert.That(() => protector.GetMaxSecretLength(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    });

    [Test]
    public void Many_threads_share_one_protector()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);
        var failures = 0;

        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var secret = BitConverter.GetBytes(i);
            var place = BitConverter.GetBytes(~i);
            var destination = new byte[64];
            var outcome = protector.Unprotect(protector.Protect(secret, place), place, destination, out var written);
            var same = outcome == UnprotectOutcome.Success && destination.AsSpan(0, written).SequenceEqual(secret);
            if (!same) Interlocked.Increment(ref failures);
        });

        Assert.That(failures, Is.Zero);
    }

    [Test]
    public void A_disposed_protector_says_so()
    {
        using var ring = Ring("k1");
        var protector = new AesGcmSecretProtector(ring);
        protector.Dispose();

        Assert.That(() => protector.Protect([1], []), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    [Attack(35)]
    public void ToString_shows_no_key()
    {
        using var ring = Ring("k1");
        using var protector = new AesGcmSecretProtector(ring);

        Assert.That(
            protector.ToString(),
            Is.EqualTo("AesGcmSecretProtector (SecretKeyRing: 2 keys, current 'k1')"));
    }

    private static SecretKeyRing Ring(string current) => new(current, [("k1", s_key1), ("k2", s_key2)]);
}
