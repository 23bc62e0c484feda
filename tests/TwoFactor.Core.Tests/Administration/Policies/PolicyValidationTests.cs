using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>Every field of a policy and both sides of every boundary; a fault names its field.</summary>
public sealed class PolicyValidationTests
{
    private static readonly EnforcementRule s_rule = new() { Id = "everyone", Start = DateTimeOffset.UnixEpoch };
    private static readonly OrganizationPolicy s_policy = OrganizationPolicy.NewFor(new OrganizationId("acme")) with { Rules = [s_rule] };

    private static TestCaseData Good(string name, OrganizationPolicy policy) => new TestCaseData(policy, null).SetName($"Valid: {name}");

    private static TestCaseData Bad(string field, string name, OrganizationPolicy policy) => new TestCaseData(policy, field).SetName($"{field}: {name}");

    private static OrganizationPolicy Rule(Func<EnforcementRule, EnforcementRule> change) => s_policy with { Rules = [change(s_rule)] };

    private static OrganizationPolicy Row(MethodRule row) => s_policy with { Methods = [row] };

    private static OrganizationPolicy Accept(ImmutableArray<string> amr, TimeSpan maxAge) => Row(new MethodRule(null, null, null, new MethodRequirement.AcceptUpstream(amr, maxAge)));

    private static ImmutableArray<string> Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"group {i}")];

    private static ImmutableArray<EnforcementRule> Rules(int count) => [.. Enumerable.Range(0, count).Select(i => s_rule with { Id = $"rule {i}" })];

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Good("as it is new", OrganizationPolicy.NewFor(new OrganizationId("acme")));
        yield return Bad("OrganizationId", "default", s_policy with { OrganizationId = default });
        yield return Bad("Schema", "newer", s_policy with { Schema = 2 });
        yield return Bad("Schema", "none", s_policy with { Schema = 0 });

        yield return Good("100 rules", s_policy with { Rules = Rules(100) });
        yield return Bad("Rules", "101 rules", s_policy with { Rules = Rules(101) });
        yield return Bad("Rules", "two of one id", s_policy with { Rules = [s_rule, s_rule with { Grace = TimeSpan.Zero }] });
        yield return Good("ids that differ by case", s_policy with { Rules = [s_rule, s_rule with { Id = "Everyone" }] });
        yield return Bad("Rules", "null", s_policy with { Rules = [s_rule, null!] });
        yield return Good("an id of 64 characters", Rule(r => r with { Id = new string('x', 64) }));
        yield return Bad("Rules.Id", "65 characters", Rule(r => r with { Id = new string('x', 65) }));
        yield return Bad("Rules.Id", "null", Rule(r => r with { Id = null! }));
        foreach (var (name, id) in new[] { ("empty", ""), ("space at its end", "x "), ("line break", "a\nb"), ("bidi override", "a\u202Eb"), ("half a surrogate", "a\ud800") })
            yield return Bad("Rules.Id", name, Rule(r => r with { Id = id }));

        yield return Good("no grace", Rule(r => r with { Grace = TimeSpan.Zero }));
        yield return Good("a grace of 365 days", Rule(r => r with { Grace = TimeSpan.FromDays(365) }));
        yield return Bad("Rules[everyone].Grace", "less than none", Rule(r => r with { Grace = TimeSpan.FromTicks(-1) }));
        yield return Bad("Rules[everyone].Grace", "a tick over 365 days", Rule(r => r with { Grace = TimeSpan.FromDays(365) + TimeSpan.FromTicks(1) }));
        yield return Bad("Rules[everyone].Grace", "the greatest", Rule(r => r with { Grace = TimeSpan.MaxValue }));
        foreach (var mode in Enum.GetValues<EnforcementMode>()) yield return Good($"mode {mode}", Rule(r => r with { Mode = mode }));
        yield return Bad("Rules[everyone].Mode", "unknown", Rule(r => r with { Mode = (EnforcementMode)99 }));
        yield return Bad("Rules[everyone].Mode", "default", Rule(r => r with { Mode = default }));
        foreach (var anchor in Enum.GetValues<GraceAnchor>()) yield return Good($"anchor {anchor}", Rule(r => r with { Anchor = anchor }));
        yield return Bad("Rules[everyone].Anchor", "unknown", Rule(r => r with { Anchor = (GraceAnchor)99 }));
        yield return Bad("Rules[everyone].Methods", "none", Rule(r => r with { Methods = [] }));
        yield return Bad("Rules[everyone].Methods", "unknown", Rule(r => r with { Methods = [SignInMethodKind.Password, (SignInMethodKind)99] }));
        yield return Good("methods by default", Rule(r => r with { Methods = default }));

        yield return Bad("Rules[everyone].Target", "null", Rule(r => r with { Target = null! }));
        yield return Good("external collaborators", Rule(r => r with { Target = new RuleTarget.ExternalCollaborators() }));
        yield return Bad("Rules[everyone].Target", "no group", Rule(r => r with { Target = RuleTarget.ForGroups() }));
        yield return Bad("Rules[everyone].Target", "default groups", Rule(r => r with { Target = new RuleTarget.InGroups(default) }));
        yield return Good("1,000 groups", Rule(r => r with { Target = new RuleTarget.InGroups(Names(1000)) }));
        yield return Bad("Rules[everyone].Target", "1,001 groups", Rule(r => r with { Target = new RuleTarget.InGroups(Names(1001)) }));
        yield return Good("a group of 128 characters", Rule(r => r with { Target = RuleTarget.ForGroups(new string('x', 128)) }));
        yield return Bad("Rules[everyone].Target", "a group of 129 characters", Rule(r => r with { Target = RuleTarget.ForGroups(new string('x', 129)) }));
        yield return Bad("Rules[everyone].Target", "a group that is null", Rule(r => r with { Target = RuleTarget.ForGroups([null!]) }));
        yield return Good("1,000 excluded groups", Rule(r => r with { ExcludedGroups = Names(1000) }));
        yield return Bad("Rules[everyone].ExcludedGroups", "1,001", Rule(r => r with { ExcludedGroups = Names(1001) }));
        yield return Bad("Rules[everyone].ExcludedGroups", "empty", Rule(r => r with { ExcludedGroups = [""] }));

        var exclusion = new UserExclusion(new UserId("robot"), DateTimeOffset.UnixEpoch, new string('x', 200));
        yield return Good("1,000 excluded users", Rule(r => r with { ExcludedUsers = [.. Enumerable.Repeat(exclusion, 1000)] }));
        yield return Bad("Rules[everyone].ExcludedUsers", "1,001", Rule(r => r with { ExcludedUsers = [.. Enumerable.Repeat(exclusion, 1001)] }));
        yield return Bad("Rules[everyone].ExcludedUsers", "nobody", Rule(r => r with { ExcludedUsers = [exclusion with { UserId = default }] }));
        yield return Bad("Rules[everyone].ExcludedUsers", "a reason of 201 characters", Rule(r => r with { ExcludedUsers = [exclusion with { Reason = new string('x', 201) }] }));
        yield return Bad("Rules[everyone].ExcludedUsers", "a reason over two lines", Rule(r => r with { ExcludedUsers = [exclusion with { Reason = "a\u2028b" }] }));
        yield return Bad("Rules[everyone].ExcludedUsers", "a reason that is null", Rule(r => r with { ExcludedUsers = [exclusion with { Reason = null! }] }));
        yield return Bad("Rules[everyone].ExcludedUsers", "null", Rule(r => r with { ExcludedUsers = [null!] }));

        var exempt = new MethodRule(SignInMethodKind.Sso, MembershipKind.Member, "okta", new MethodRequirement.Exempt());
        yield return Good("100 rows", s_policy with { Methods = [.. Enumerable.Repeat(exempt, 100)] });
        yield return Bad("Methods", "101 rows", s_policy with { Methods = [.. Enumerable.Repeat(exempt, 101)] });
        yield return Bad("Methods", "null", s_policy with { Methods = [null!] });
        yield return Bad("Methods.Requirement", "null", Row(exempt with { Requirement = null! }));
        yield return Bad("Methods.Method", "unknown", Row(exempt with { Method = (SignInMethodKind)99 }));
        yield return Bad("Methods.Kind", "unknown", Row(exempt with { Kind = (MembershipKind)99 }));
        yield return Good("a provider of 256 characters", Row(exempt with { IdentityProvider = new string('x', 256) }));
        yield return Bad("Methods.IdentityProvider", "empty", Row(exempt with { IdentityProvider = "" }));
        yield return Bad("Methods.IdentityProvider", "257 characters", Row(exempt with { IdentityProvider = new string('x', 257) }));
        yield return Good("an age of 1 minute", Accept(["mfa"], TimeSpan.FromMinutes(1)));
        yield return Good("an age of 30 days", Accept(["mfa"], TimeSpan.FromDays(30)));
        yield return Bad("Methods.MaxAge", "under 1 minute", Accept(["mfa"], TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1)));
        yield return Bad("Methods.MaxAge", "over 30 days", Accept(["mfa"], TimeSpan.FromDays(30) + TimeSpan.FromTicks(1)));
        yield return Bad("Methods.Amr", "none", Accept([], TimeSpan.FromHours(1)));
        yield return Bad("Methods.Amr", "default", Accept(default, TimeSpan.FromHours(1)));
        yield return Bad("Methods.Amr", "empty", Accept(["mfa", ""], TimeSpan.FromHours(1)));
        yield return Bad("Methods.Amr", "null", Accept([null!], TimeSpan.FromHours(1)));

        foreach (var sso in new[] { SsoMode.Off, SsoMode.ExemptSso }) yield return Good($"Sso {sso}", s_policy with { Sso = sso });
        yield return Good("SsoExclusive without rules", s_policy with { Sso = SsoMode.SsoExclusive, Rules = [] });
        yield return Good("SsoExclusive with rules that rest", s_policy with { Sso = SsoMode.SsoExclusive, Rules = [s_rule with { Mode = EnforcementMode.Off }] });
        yield return Bad("Sso", "SsoExclusive with a rule", s_policy with { Sso = SsoMode.SsoExclusive });
        yield return Bad("Sso", "unknown", s_policy with { Sso = (SsoMode)99 });
        foreach (var after in Enum.GetValues<AfterGrace>()) yield return Good($"AfterGrace {after}", s_policy with { AfterGrace = after });
        yield return Bad("AfterGrace", "unknown", s_policy with { AfterGrace = default });
        foreach (var client in Enum.GetValues<ClientKind>()) yield return Good($"enrolment on {client} alone", s_policy with { EnrollmentClients = [client] });
        yield return Bad("EnrollmentClients", "none", s_policy with { EnrollmentClients = [] });
        yield return Bad("EnrollmentClients", "unknown", s_policy with { EnrollmentClients = [ClientKind.Browser, (ClientKind)99] });
        foreach (var days in new[] { 7, 90 }) yield return Good($"trust for {days} days", s_policy with { TrustedDeviceDays = days });
        foreach (var days in new[] { int.MinValue, 0, 6, 91, int.MaxValue }) yield return Bad("TrustedDeviceDays", $"{days} days", s_policy with { TrustedDeviceDays = days });
        yield return Bad("Lockout", "no attempts", s_policy with { Lockout = LockoutPolicy.RestartSignIn with { ChallengeAttempts = 0 } });
        foreach (var lockout in new[] { LockoutPolicy.RestartSignIn, LockoutPolicy.AdminUnlock }) yield return Good($"a lockout preset of {lockout.CodeFailures} codes", s_policy with { Lockout = lockout });
    }

    [TestCaseSource(nameof(Cases))]
    public void A_policy_is_valid_or_its_fault_names_the_field(OrganizationPolicy policy, string? field)
    {
        var errors = OrganizationPolicyValidation.Validate(policy);
        Assert.That(errors.Select(e => e.Field).Distinct(), field is null ? Is.Empty : Is.EqualTo(new[] { field }));
        Assert.That(errors.Select(e => e.Message), Is.All.Not.Empty);
    }

    [Test]
    public void All_faults_are_told_at_once()
    {
        var policy = Rule(r => r with { Grace = TimeSpan.MaxValue }) with { TrustedDeviceDays = 1, EnrollmentClients = [] };
        Assert.That(OrganizationPolicyValidation.Validate(policy), Has.Count.EqualTo(3));
    }

    [Test]
    public void The_presets_are_valid()
    {
        var (id, start) = (new OrganizationId("acme"), DateTimeOffset.UnixEpoch);
        OrganizationPolicy[] presets =
        [
            PolicyPresets.RequiredAfterGrace(id, start), PolicyPresets.RequiredAtOnce(id, start),
            PolicyPresets.RequiredWithoutSso(id, start, sso: true, 30), PolicyPresets.RequiredWithoutSso(id, start, sso: false),
        ];
        Assert.That(presets.SelectMany(OrganizationPolicyValidation.Validate), Is.Empty);
    }

    [Test]
    public void What_a_fault_says_cannot_break_a_line()
    {
        var errors = OrganizationPolicyValidation.Validate(Rule(r => r with { Id = "a\r\nb\u202E", Grace = TimeSpan.MaxValue }));
        Assert.That(errors.Select(e => e.Field + e.Message), Is.All.Not.Contains("\n").And.All.Not.Contains("\u202E"));
    }
}
