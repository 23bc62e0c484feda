using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Cryptography;

[Feature("E7")]
public class SecretKeyRingTests
{
    private const string Canary = "CANARYcanaryCANARYcanaryCANARYcanaryCANARYc=";
    private static readonly string s_other = Convert.ToBase64String(SecretKeyRing.GenerateKey());

    [Test]
    public void A_ring_from_configuration_knows_its_keys_and_which_is_current()
    {
        using var ring = SecretKeyRing.FromBase64("k2", [new("k1", Canary), new("k2", s_other)]);

        Assert.That(ring.CurrentKeyId, Is.EqualTo("k2"));
        Assert.That(ring.KeyIds, Is.EqualTo(["k1", "k2"]));
        Assert.That(ring.ToString(), Does.Contain("k2").And.Not.Contain(Canary[..8]));
    }

    [TestCaseSource(nameof(Refused))]
    [Attack(35)]
    public void A_refused_configuration_says_what_is_wrong_and_quotes_no_key(
        string? current, KeyValuePair<string, string?>[]? keys, KeyRingProblem expected)
    {
        var made = SecretKeyRing.TryFromBase64(current, keys, out var ring, out var error);

        Assert.That((made, ring, error.Problem), Is.EqualTo((false, (SecretKeyRing?)null, expected)));
        Assert.That(error.Message, Is.Not.Empty.And.Not.Contain(Canary[..12]));
        if (current is null || keys is null) return;
        Assert.That(
            () => SecretKeyRing.FromBase64(current, keys),
            Throws.ArgumentException.With.Message.Contains(error.Message).And.Message.Not.Contains(Canary[..12]));
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("null", "k", null, KeyRingProblem.NoKeys);
        yield return Case("empty", "k", [], KeyRingProblem.NoKeys);
        yield return Case("id and key exchanged", Canary, [new(Canary, "k")], KeyRingProblem.InvalidBase64);
        yield return Case("key as id", Canary, [new(Canary, s_other)], KeyRingProblem.InvalidKeyId);
        yield return Case("key as current id", Canary, [new("k", Canary)], KeyRingProblem.CurrentKeyMissing);
        yield return Case("no current id", null, [new("k", Canary)], KeyRingProblem.CurrentKeyMissing);
        yield return Case("another current id", "K", [new("k", Canary)], KeyRingProblem.CurrentKeyMissing);
        yield return Case("empty id", "", [new("", Canary)], KeyRingProblem.InvalidKeyId);
        yield return Case("id of 33", "k", [new(new string('k', 33), Canary)], KeyRingProblem.InvalidKeyId);
        yield return Case("one id twice", "k", [new("k", Canary), new("k", s_other)], KeyRingProblem.DuplicateKeyId);
        yield return Case("no key", "k", [new("k", null)], KeyRingProblem.InvalidBase64);
        yield return Case("not base64", "k", [new("k", Canary[1..])], KeyRingProblem.InvalidBase64);
        yield return Case("31 bytes", "k", [new("k", Convert.ToBase64String(new byte[31]))], KeyRingProblem.WrongKeyLength);
        yield return Case("zeros", "k", [new("k", Convert.ToBase64String(new byte[32]))], KeyRingProblem.TrivialKey);

        static TestCaseData Case(string name, string? current, KeyValuePair<string, string?>[]? keys, KeyRingProblem problem) =>
            new TestCaseData(current, keys, problem).SetArgDisplayNames(name);
    }

    [Test]
    public void A_ring_keeps_a_copy_so_that_the_caller_may_zero_its_own()
    {
        var key = SecretKeyRing.GenerateKey();
        using var ring = new SecretKeyRing("k", [("k", key)]);
        using var protector = new AesGcmSecretProtector(ring);
        var envelope = protector.Protect("seed"u8, []);
        Array.Clear(key);

        Assert.That(protector.Unprotect(envelope, [], new byte[64], out _), Is.EqualTo(UnprotectOutcome.Success));
    }

    [Test]
    public void A_disposed_ring_has_no_keys_left()
    {
        var ring = new SecretKeyRing("k", [("k", SecretKeyRing.GenerateKey())]);
        using var protector = new AesGcmSecretProtector(ring);
        var envelope = protector.Protect("seed"u8, []);

        ring.Dispose();

        Assert.That(() => protector.Protect("seed"u8, []), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => protector.Unprotect(envelope, [], new byte[64], out _), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(ring.Keys.Current.IsZero, Is.True);
    }

    [Test]
    public void The_constructor_refuses_what_configuration_refuses() =>
        Assert.That(
            () => new SecretKeyRing("k", [("k", new byte[16])]),
            Throws.ArgumentException.With.Message.Contains("'k' has 16 bytes").And.Property("ParamName").EqualTo("keys"));
}
