using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Organizations;

/// <summary>Every way somebody has thought of to get a new grace, one by one.</summary>
[Feature("X6")]
[Attack(32)]
public sealed class GraceSurvivesTests
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;

    private static async Task<DateTimeOffset> DeadlineAsync(OrganizationHost host, UserId user) => await host.BeginAsync(user) switch
    {
        BeginSignInResult.Allowed { Prompt: { } prompt } => prompt.Deadline,
        BeginSignInResult.EnrollmentRequired required => required.Deadline,
        var other => throw new AssertionException($"No deadline: {other}"),
    };

    private static async Task<OrganizationHost> StartAsync(params EnforcementRule[] rules)
    {
        var host = await OrganizationHost.StartAsync(configure: options => options.BackupCodes.Count = 1);
        await host.MustChangeAsync(Acme, policy => policy with { Rules = [.. rules.Select(rule => rule with { Start = host.Now })] });
        return host;
    }

    private static EnforcementRule Rule(RuleTarget? target = null, GraceAnchor anchor = GraceAnchor.RuleStart) =>
        new() { Id = "rule", Start = default, Target = target ?? new RuleTarget.Everyone(), Anchor = anchor };

    [Test]
    public async Task Setting_up_and_unregistering_does_not_begin_a_grace([Values] GraceAnchor anchor)
    {
        using var host = await StartAsync(Rule(anchor: anchor));
        var ada = host.Member("ada");
        var deadline = await DeadlineAsync(host, ada);
        host.Days(3);
        var person = await host.EnrollAsync(ada);
        Assert.That(await host.Enrollment.UnregisterAsync(ada, person.Proof), Is.TypeOf<UnregisterResult.Removed>());
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }

    [Test]
    public async Task Who_signed_in_with_a_factor_has_signed_in_under_the_rule()
    {
        using var host = await StartAsync(Rule(anchor: GraceAnchor.FirstSignIn));
        var person = await host.EnrollAsync(host.Member("ada"));
        await host.SignInAsync(person);
        var first = host.Now;
        host.Days(100);
        var signedIn = (await host.SignInAsync(person)).As<VerifySignInResult.SignedIn>();
        await host.Enrollment.UnregisterAsync(person.Id, signedIn.Proof);
        Assert.That(await host.BeginAsync(person.Id), Is.TypeOf<BeginSignInResult.EnrollmentRequired>().With.Property("Deadline").EqualTo(first.AddDays(7)));
    }

    [Test]
    public async Task Leaving_and_rejoining_a_group_does_not()
    {
        using var host = await StartAsync(Rule(RuleTarget.ForGroups("managers")));
        var ada = host.Member("ada", "managers");
        var deadline = await DeadlineAsync(host, ada);
        host.Days(5);
        host.Directory.LeaveGroup(ada, Acme, "managers");
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null, "outside, the rule does not bind");
        host.Days(1);
        host.Directory.JoinGroup(ada, Acme, "managers");
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }

    [Test]
    public async Task Leaving_one_of_two_groups_of_a_rule_does_not()
    {
        using var host = await StartAsync(Rule(RuleTarget.ForGroups("managers", "leads")));
        var ada = host.Member("ada", "managers");
        var deadline = await DeadlineAsync(host, ada);
        host.Days(5);
        host.Directory.JoinGroup(ada, Acme, "leads");
        host.Directory.LeaveGroup(ada, Acme, "managers");
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }

    [Test]
    public async Task Leaving_and_rejoining_the_organisation_does_not()
    {
        using var host = await StartAsync(Rule());
        var ada = host.Member("ada");
        var deadline = await DeadlineAsync(host, ada);
        host.Directory.Leave(ada, Acme);
        host.Days(30);
        host.Directory.Join(ada, Acme);
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }

    [Test]
    public async Task Turning_the_rule_off_and_on_does_not([Values] GraceAnchor anchor, [Values(EnforcementMode.Off, EnforcementMode.ReportOnly)] EnforcementMode meanwhile)
    {
        using var host = await StartAsync(Rule(anchor: anchor));
        var ada = host.Member("ada");
        var deadline = await DeadlineAsync(host, ada);
        await host.MustChangeAsync(Acme, policy => policy with { Rules = [policy.Rules[0] with { Mode = meanwhile }] });
        host.Days(20);
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
        await host.MustChangeAsync(Acme, policy => policy with { Rules = [policy.Rules[0] with { Mode = EnforcementMode.Enforce }] });
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
    }

    [Test]
    public async Task A_reset_or_unregistering_by_an_administrator_does_not([Values] bool reset)
    {
        using var host = await StartAsync(Rule());
        var ada = host.Member("ada");
        var deadline = await DeadlineAsync(host, ada);
        host.Days(3);
        await host.EnrollAsync(ada);
        if (reset) await host.Administration.ResetAsync(OrganizationHost.Root, ada, "lost", "call", Acme);
        else await host.Administration.UnregisterAsync(OrganizationHost.Root, ada, "lost", Acme);
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }

    [Test]
    public async Task Shortening_grace_stops_at_the_next_sign_in()
    {
        using var host = await StartAsync(Rule());
        var ada = host.Member("ada");
        host.Days(3);
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
        await host.MustChangeAsync(Acme, policy => policy with { Rules = [policy.Rules[0] with { Grace = TimeSpan.FromDays(2) }] });
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
    }

    [Test]
    public async Task Extensions_of_an_administrator_do_and_add_up()
    {
        using var host = await StartAsync(Rule());
        var ada = host.Member("ada");
        var deadline = await DeadlineAsync(host, ada);
        foreach (var days in new[] { 2, 3 })
            await host.Administration.ExtendGraceAsync(OrganizationHost.Root, ada, Acme, TimeSpan.FromDays(days), "on holiday");
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline.AddDays(5)));
        Assert.That((await host.EventsOfAsync(ada)).Count(e => e.Name == "mfa_grace_extended" && e.Actor == "root" && e.Organization == Acme), Is.EqualTo(2));
        await host.AssertChainAsync(ada);
    }

    [Test]
    public async Task An_extension_of_one_organisation_does_not_move_the_deadline_of_another()
    {
        using var host = await StartAsync(Rule());
        host.Roles.Assign(OrganizationHost.Root, OrganizationHost.Globex, AdministratorRole.SystemAdministrator);
        await host.MustChangeAsync(OrganizationHost.Globex, policy => policy with { Rules = [Rule() with { Start = host.Now }] });
        var ada = host.Member("ada");
        host.Member("ada", OrganizationHost.Globex);
        var deadline = await DeadlineAsync(host, ada);
        await host.Administration.ExtendGraceAsync(OrganizationHost.Root, ada, Acme, TimeSpan.FromDays(9), "on holiday");
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }

    [Test]
    public async Task An_exemption_rests_the_rules_until_its_end_and_begins_no_grace()
    {
        using var host = await StartAsync(Rule());
        var ada = host.Member("ada");
        var deadline = await DeadlineAsync(host, ada);
        var until = host.Now.AddDays(30);
        await host.Administration.ExemptAsync(OrganizationHost.Root, ada, Acme, until, "at sea");
        host.Clock.SetTo(until.AddTicks(-1));
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null);
        host.Clock.SetTo(until);
        Assert.That(await DeadlineAsync(host, ada), Is.EqualTo(deadline));
    }
}
