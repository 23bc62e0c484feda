using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>A policy as a document: read, changed, saved, and nothing lost on the way.</summary>
internal sealed class PolicyTests
{
    private const string Address = "/2fa/admin/policy?organization=acme";

    /// <summary>Every member of every kind, none at its default.</summary>
    private static OrganizationPolicy Everything(OrganizationPolicy policy, DateTimeOffset now) => policy with
    {
        Rules =
        [
            new EnforcementRule
            {
                Id = "week 1",
                Target = RuleTarget.ForGroups("admins", "owners"),
                ExcludedGroups = ["robots"],
                ExcludedUsers = [new UserExclusion(new UserId("printer"), now.AddDays(3), "a printer")],
                Start = now.AddTicks(1),
                Grace = TimeSpan.FromTicks(TimeSpan.TicksPerDay * 3 + 1),
                Anchor = GraceAnchor.FirstSignIn,
                Methods = [SignInMethodKind.External, SignInMethodKind.Sso, SignInMethodKind.Password],
                Mode = EnforcementMode.ReportOnly,
            },
            new EnforcementRule { Id = "guests", Target = new RuleTarget.ExternalCollaborators(), Start = now.AddDays(1), Mode = EnforcementMode.Off },
            new EnforcementRule { Id = "all", Start = now.AddDays(200) },
        ],
        Methods =
        [
            new MethodRule(SignInMethodKind.Sso, MembershipKind.Member, "idp", new MethodRequirement.AcceptUpstream(["mfa", "otp"], TimeSpan.FromMinutes(90))),
            new MethodRule(SignInMethodKind.External, null, null, new MethodRequirement.Require()),
            new MethodRule(null, MembershipKind.ExternalCollaborator, null, new MethodRequirement.Exempt()),
        ],
        Sso = SsoMode.ExemptSso,
        AfterGrace = AfterGrace.Deny,
        EnrollmentClients = [ClientKind.Tablet, ClientKind.Browser],
        Lockout = new LockoutPolicy
        {
            ChallengeAttempts = 2,
            CodeFailures = 4,
            CodeRelease = new LockReleasePolicy.AdminOnly(),
            RollingCaps = [new RollingCap(7, TimeSpan.FromHours(3))],
            HardLimit = 30,
            PasswordFailures = 6,
            PasswordRelease = new LockReleasePolicy.After(TimeSpan.FromSeconds(90), 1.5, TimeSpan.FromHours(2)),
        },
        TrustedDeviceDays = 14,
    };

    [Test]
    public async Task What_is_read_and_saved_unchanged_is_the_same_policy()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        await app.SavePolicyAsync(ApiApp.Acme, policy => Everything(policy, app.Now));
        var before = await StoredAsync(app);
        var read = (await ada.Client.GetAsync(Address)).MustSucceed();
        var saved = (await ada.Client.PutAsync(Address, read.Text)).MustSucceed();
        var after = await StoredAsync(app);

        Assert.That(saved["version"].GetInt64(), Is.EqualTo(2));
        Assert.That(PolicyText(after with { Version = before.Version }), Is.EqualTo(PolicyText(before)));
        Assert.That((await ada.Client.GetAsync(Address)).Text, Is.EqualTo(saved.Text));
    }

    [Test]
    public void No_member_of_a_policy_is_forgotten_by_the_document()
    {
        // Whoever adds a member to a policy adds it to the document, its reader and writer, and to Everything.
        Assert.Multiple(() =>
        {
            Assert.That(Names<OrganizationPolicy>(), Is.EquivalentTo(new[]
            {
                "Schema", "OrganizationId", "Version", "Rules", "Methods", "Sso", "AfterGrace", "EnrollmentClients", "Lockout", "TrustedDeviceDays",
                // Set by the save, whatever a caller wrote.
                "TrustedDevicesSince",
            }));
            Assert.That(Names<EnforcementRule>(), Is.EquivalentTo(new[] { "Id", "Target", "ExcludedGroups", "ExcludedUsers", "Start", "Grace", "Anchor", "Methods", "Mode" }));
            Assert.That(Names<MethodRule>(), Is.EquivalentTo(new[] { "Method", "Kind", "IdentityProvider", "Requirement" }));
            Assert.That(
                Names<LockoutPolicy>(),
                Is.EquivalentTo(new[] { "ChallengeAttempts", "CodeFailures", "CodeRelease", "RollingCaps", "HardLimit", "PasswordFailures", "PasswordRelease" }));
        });

        static string[] Names<T>() => [.. typeof(T).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).Select(p => p.Name)];
    }

    [Test]
    public async Task The_smallest_document_is_the_default_policy()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var saved = (await ada.Client.PutAsync(Address, new { version = 0, rules = new[] { new { id = "all", start = app.Now.AddDays(1) } }, lockout = new { } })).MustSucceed();
        var stored = await StoredAsync(app);
        var expected = OrganizationPolicy.NewFor(new OrganizationId("acme")) with
        {
            Version = 1,
            Rules = [new EnforcementRule { Id = "all", Start = app.Now.AddDays(1) }],
            Lockout = new LockoutPolicy(),
        };
        Assert.That(saved["version"].GetInt64(), Is.EqualTo(1));
        Assert.That(PolicyText(stored), Is.EqualTo(PolicyText(expected)));
    }

    [Test]
    public async Task Of_two_changes_to_one_version_the_second_is_refused()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        (await ada.Client.PutAsync(Address, new { version = 0, trustedDeviceDays = 7 })).MustSucceed();
        Assert.That((await ada.Client.PutAsync(Address, new { version = 0, trustedDeviceDays = 90 })).MustBe("policy_conflict")["currentVersion"].GetInt64(), Is.EqualTo(1));
        Assert.That((await StoredAsync(app)).TrustedDeviceDays, Is.EqualTo(7));
    }

    [Test]
    public async Task Single_sign_on_that_excludes_the_second_factor_lists_who_uses_one()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        await app.EnrollAsync("sue");
        var answer = (await ada.Client.PutAsync(Address, new { version = 0, sso = "sso_exclusive" })).MustBe("members_use_two_factor");
        Assert.That(answer["members"].EnumerateArray().Select(m => m.GetString()), Is.EqualTo(new[] { "ada", "sue" }));
    }

    [TestCase("{\"version\":0,\"sso\":\"on\"}", "$.sso")]
    [TestCase("{\"version\":0,\"sso\":\"1\"}", "$.sso")]
    [TestCase("{\"version\":0,\"afterGrace\":\"Deny\"}", "$.afterGrace")]
    [TestCase("{\"version\":0,\"enrollmentClients\":[\"browser\",\"fridge\"]}", "$.enrollmentClients[1]")]
    [TestCase("{\"version\":0,\"enrollmentClients\":[null]}", "$.enrollmentClients[0]")]
    [TestCase("{\"version\":0,\"enrollmentClients\":[]}", "$.enrollmentClients")]
    [TestCase("{\"version\":0,\"rules\":[null]}", "$.rules[0]")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"target\":\"nobody\"}]}", "$.rules[0].target")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"groups\":[\"g\"]}]}", "$.rules[0].groups")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"target\":\"groups\",\"groups\":[null]}]}", "$.rules[0].groups[0]")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a.b\",\"start\":\"2026-01-01T00:00:00Z\",\"graceSeconds\":-1}]}", "$.rules[a.b].graceSeconds")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"graceSeconds\":1e300}]}", "$.rules[a].graceSeconds")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"mode\":\"soon\"}]}", "$.rules[0].mode")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"methods\":[]}]}", "$.rules[a].methods")]
    [TestCase("{\"version\":0,\"rules\":[{\"id\":\"a\",\"start\":\"2026-01-01T00:00:00Z\",\"excludedUsers\":[{\"userId\":\" \",\"until\":\"2026-01-01T00:00:00Z\",\"reason\":\"\"}]}]}", "$.rules[0].excludedUsers[0].userId")]
    [TestCase("{\"version\":0,\"methods\":[{\"requirement\":\"hope\"}]}", "$.methods[0].requirement")]
    [TestCase("{\"version\":0,\"methods\":[{\"requirement\":\"accept_upstream\",\"amr\":[\"mfa\"]}]}", "$.methods[0].maxAgeSeconds")]
    [TestCase("{\"version\":0,\"methods\":[{\"requirement\":\"exempt\",\"maxAgeSeconds\":60}]}", "$.methods[0].maxAgeSeconds")]
    [TestCase("{\"version\":0,\"methods\":[{\"requirement\":\"exempt\",\"amr\":[\"mfa\"]}]}", "$.methods[0].amr")]
    [TestCase("{\"version\":0,\"methods\":[{\"requirement\":\"accept_upstream\",\"amr\":[],\"maxAgeSeconds\":60}]}", "$.methods.amr")]
    [TestCase("{\"version\":0,\"lockout\":{\"rollingCaps\":[null]}}", "$.lockout.rollingCaps[0]")]
    [TestCase("{\"version\":0,\"lockout\":{\"rollingCaps\":[{\"limit\":0,\"windowSeconds\":60}]}}", "$.lockout")]
    [TestCase("{\"version\":0,\"lockout\":{\"codeRelease\":{\"kind\":\"never\"}}}", "$.lockout.codeRelease.kind")]
    [TestCase("{\"version\":0,\"lockout\":{\"codeRelease\":{\"factor\":1e308}}}", "$.lockout")]
    [TestCase("{\"version\":0,\"trustedDeviceDays\":91}", "$.trustedDeviceDays")]
    public async Task A_fault_is_named_by_its_field_and_nothing_is_saved(string document, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var answer = (await ada.Client.PutAsync(Address, document)).MustBe("policy_invalid");
        Assert.That(answer["errors"].EnumerateArray().Select(e => e.GetProperty("field").GetString()), Does.Contain(field), answer.Text);
        Assert.That(answer["errors"].EnumerateArray().Select(e => e.GetProperty("field").GetString()), Does.Not.Contain("$.schema"));
        Assert.That((await ada.Client.GetAsync(Address))["version"].GetInt64(), Is.Zero);
    }

    [Test, Attack(33)]
    public async Task Who_may_not_change_a_policy_is_told_so_however_faulty_it_is()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        (await bob.Client.PutAsync(Address, "{\"version\":0,\"sso\":\"on\"}")).MustBe("not_authorized");
    }

    [Test]
    public async Task A_policy_of_many_names_fits_and_one_without_end_does_not()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var groups = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => (JsonNode)$"group number {i}")]);
        var rules = new JsonArray([.. Enumerable.Range(0, 10).Select(i => new JsonObject { ["id"] = $"r{i}", ["start"] = "2027-01-01T00:00:00Z", ["target"] = "groups", ["groups"] = groups.DeepClone() })]);
        (await ada.Client.PutAsync(Address, new JsonObject { ["version"] = 0, ["rules"] = rules }.ToJsonString())).MustSucceed();
        for (var i = 10; i < 40; i++) rules.Add(new JsonObject { ["id"] = $"r{i}", ["start"] = "2027-01-01T00:00:00Z", ["target"] = "groups", ["groups"] = groups.DeepClone() });
        (await ada.Client.PutAsync(Address, new JsonObject { ["version"] = 1, ["rules"] = rules.DeepClone() }.ToJsonString())).MustBe("body_too_large");
    }

    private static async Task<OrganizationPolicy> StoredAsync(ApiApp app)
    {
        var store = (IOrganizationStore)app.Services.GetService(typeof(IOrganizationStore))!;
        return (await store.LoadAsync(new OrganizationId("acme"), CancellationToken.None)).Organization!.Policy!;
    }

    private static string PolicyText(OrganizationPolicy policy) =>
        JsonDocument.Parse(PolicySerializer.Serialize(new Organization { Id = policy.OrganizationId, Policy = policy with { TrustedDevicesSince = null } })).RootElement.GetRawText();
}
