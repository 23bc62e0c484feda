using System.Collections;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;

namespace TwoFactor.Tests.Enforcement;

/// <summary>What a store keeps of an organisation is what it was given, or a clear refusal.</summary>
public sealed class PolicySerializerTests
{
    private static readonly OrganizationId s_id = new("acme");

    private static Gen<Organization> Organizations { get; } =
        from policy in WorldGenerator.Policy(s_id)
        from sso in Gen.Elements(Enum.GetValues<SsoMode>())
        from lockout in Gen.Elements(null, LockoutPolicy.RestartSignIn, LockoutPolicy.AdminUnlock)
        from days in Gen.Elements<int?>(null, 7, 90)
        from sequence in Gen.Choose(0, 3)
        select new Organization
        {
            Id = s_id,
            Policy = sequence == 3 ? null : policy with { Sso = sso, Lockout = lockout, TrustedDeviceDays = days },
            AuditHead = sequence == 0 ? null : new AuditChainHead(sequence, [.. Enumerable.Repeat((byte)sequence, 32)]),
        };

    [Test]
    public void Reading_what_was_written_gives_every_field() => Prop.ForAll(Arb.From(Organizations), organization =>
    {
        var read = PolicySerializer.Deserialize(PolicySerializer.Serialize(organization));
        Assert.That(Flat(read), Is.EqualTo(Flat(organization)));
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Test]
    public void No_policy_decides_otherwise_for_having_been_stored() => Prop.ForAll(Arb.From(WorldGenerator.World), world =>
    {
        var stored = world with
        {
            Members = [.. world.Members.Select(m => m with
            {
                Policy = PolicySerializer.Deserialize(PolicySerializer.Serialize(new Organization { Id = m.Policy.OrganizationId, Policy = m.Policy })).Policy!,
            })],
        };
        Assert.That(stored.Decide().Outcome, Is.EqualTo(world.Decide().Outcome));
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Test]
    public void A_newer_schema_is_refused_with_its_number()
    {
        var newer = new Organization { Id = s_id, Policy = OrganizationPolicy.NewFor(s_id) with { Schema = 2 } };
        Assert.That(() => PolicySerializer.Deserialize(PolicySerializer.Serialize(newer)), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("schema 2"));
    }

    [TestCase("", TestName = "Damaged: nothing")]
    [TestCase("null", TestName = "Damaged: null")]
    [TestCase("{}", TestName = "Damaged: no id")]
    [TestCase("[]", TestName = "Damaged: an array")]
    [TestCase("""{"id":""}""", TestName = "Damaged: an empty id")]
    [TestCase("""{"id":"acme","policy":{}}""", TestName = "Damaged: a policy of nobody")]
    [TestCase("""{"id":"acme","policy":{"organizationId":"acme","rules":[{"id":"x"}]}}""", TestName = "Damaged: a rule without a start")]
    [TestCase("""{"id":"acme","policy":{"organizationId":"acme","rules":[{"id":"x","start":"2026-01-01T00:00:00Z","target":{"kind":"planets"}}]}}""", TestName = "Damaged: an unknown target")]
    [TestCase("""{"id":"acme","policy":{"organizationId":"acme","rules":[{"id":"x","start":"2026-01-01T00:00:00Z","mode":"Maybe"}]}}""", TestName = "Damaged: an unknown mode")]
    [TestCase("""{"id":"acme","policy":{"organizationId":"acme","methods":[{"requirement":{"kind":"hope"}}]}}""", TestName = "Damaged: an unknown requirement")]
    [TestCase("""{"id":"acme","policy":{"organizationId":"acme","sso":"Sometimes"}}""", TestName = "Damaged: an unknown mode of single sign-on")]
    [TestCase("""{"id":"acme","policy":{"organizationId":"acme"}""", TestName = "Damaged: cut off")]
    public void Damaged_bytes_are_refused(string json) =>
        Assert.That(() => PolicySerializer.Deserialize(Encoding.UTF8.GetBytes(json)), Throws.InstanceOf<InvalidDataException>());

    /// <summary>Every public property down to its values, one line each; records compare their arrays by reference.</summary>
    private static List<string> Flat(object? value, string path = "")
    {
        switch (value)
        {
            case null or string or Enum or DateTimeOffset or TimeSpan or OrganizationId or UserId: return [$"{path} = {value}"];
            case IEnumerable items: return [.. items.Cast<object?>().SelectMany((item, i) => Flat(item, $"{path}[{i}]")), $"{path}.Length"];
        }

        var type = value.GetType();
        if (type.IsPrimitive) return [$"{path} = {value}"];
        return [$"{path} is {type.Name}", .. type.GetProperties().Where(p => p.GetMethod is { IsStatic: false }).SelectMany(p => Flat(p.GetValue(value), $"{path}.{p.Name}"))];
    }
}
