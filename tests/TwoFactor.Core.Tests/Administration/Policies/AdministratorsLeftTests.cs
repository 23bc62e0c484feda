using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Enforcement;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>A policy under which no administrator could sign in any more is not saved.</summary>
[Feature("X3")]
public sealed class AdministratorsLeftTests
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly UserId Root = OrganizationHost.Root;

    private static Task<OrganizationHost> StartAsync(bool rootEnrolls) =>
        OrganizationHost.StartAsync(configure: options => options.Administration.RequireOwnSecondFactor = false, rootEnrolls: rootEnrolls);

    private static OrganizationPolicy Denying(DateTimeOffset start, int days) =>
        PolicyPresets.RequiredAfterGrace(Acme, start, TimeSpan.FromDays(days)) with { AfterGrace = AfterGrace.Deny };

    private static OrganizationPolicy Deny(OrganizationHost host, int days, int startsIn = 0) => Denying(host.Now.AddDays(startsIn), days);

    private static StoppedAdministrator[] Stopped(SavePolicyResult result) => [.. result.As<SavePolicyResult.NoAdministratorLeft>().Stopped];

    [Test]
    public async Task The_only_administrator_who_would_be_turned_away_is_named_and_nothing_is_saved([Values(0, 7)] int grace, [Values(0, 30)] int startsIn)
    {
        using var host = await StartAsync(rootEnrolls: false);
        var result = await host.ChangeAsync(Acme, _ => Deny(host, grace, startsIn));
        Assert.That(Stopped(result), Is.EqualTo(new[] { new StoppedAdministrator(Root, SignInHindrance.TurnedAway, host.Now.AddDays(startsIn + grace)) }));
        Assert.That(await host.StoredAsync(Acme), Is.Null, "nothing was changed");
        Assert.That(await host.EventsOfAsync(Acme), Is.Empty);
        await host.EnrollAsync(Root);
        Assert.That(await host.ChangeAsync(Acme, _ => Deny(host, grace, startsIn)), Is.TypeOf<SavePolicyResult.Saved>(), "with an authenticator he gets in");
    }

    [Test]
    [Feature("B7")]
    public async Task An_administrator_who_may_set_up_at_sign_in_gets_in()
    {
        using var host = await StartAsync(rootEnrolls: false);
        Assert.That(await host.ChangeAsync(Acme, _ => PolicyPresets.RequiredAtOnce(Acme, host.Now)), Is.TypeOf<SavePolicyResult.Saved>());
        Assert.That(
            await host.ChangeAsync(Acme, policy => policy with { EnrollmentClients = [ClientKind.Desktop] }), Is.TypeOf<SavePolicyResult.Saved>(), "elsewhere, but somewhere");
    }

    [Test]
    public async Task One_who_is_left_is_enough_whoever_saves()
    {
        using var host = await StartAsync(rootEnrolls: false);
        host.Roles.Assign(host.Member("ada"), Acme, AdministratorRole.SystemAdministrator);
        Assert.That(Stopped(await host.ChangeAsync(Acme, _ => Deny(host, 0))).Select(s => s.UserId.Value), Is.EqualTo(new[] { "ada", "root" }));
        await host.EnrollAsync(new UserId("ada"));
        Assert.That(await host.ChangeAsync(Acme, _ => Deny(host, 0)), Is.TypeOf<SavePolicyResult.Saved>());
    }

    [Test]
    public async Task Others_than_system_administrators_of_this_organisation_do_not_count()
    {
        using var host = await StartAsync(rootEnrolls: false);
        foreach (var (name, role) in new[] { ("desk", AdministratorRole.HelpDesk), ("auditor", AdministratorRole.Auditor), ("member", AdministratorRole.None) })
        {
            host.Roles.Assign(host.Member(name), Acme, role);
            await host.EnrollAsync(new UserId(name));
        }

        host.Roles.Assign((await host.EnrollAsync(host.Member("elsewhere"))).Id, OrganizationHost.Globex, AdministratorRole.SystemAdministrator);
        Assert.That(Stopped(await host.ChangeAsync(Acme, _ => Deny(host, 0))).Select(s => s.UserId), Is.EqualTo(new[] { Root }));
    }

    [Test]
    public async Task Who_is_locked_until_an_administrator_unlocks_is_not_one_who_is_left()
    {
        using var host = await StartAsync(rootEnrolls: false);
        var ada = (await host.EnrollAsync(host.Member("ada"))).Id;
        host.Roles.Assign(ada, Acme, AdministratorRole.SystemAdministrator);
        await host.MustChangeAsync(Acme, policy => policy with { Lockout = TwoFactor.Lockout.LockoutPolicy.AdminUnlock });
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada);
        Assert.That(
            Stopped(await host.ChangeAsync(Acme, _ => Deny(host, 3))),
            Is.EqualTo(new[] { new StoppedAdministrator(ada, SignInHindrance.Locked, host.Now), new StoppedAdministrator(Root, SignInHindrance.TurnedAway, host.Now.AddDays(3)) }));
        await host.Administration.UnlockAsync(Root, ada, organization: Acme);
        Assert.That(await host.ChangeAsync(Acme, _ => Deny(host, 3)), Is.TypeOf<SavePolicyResult.Saved>());
    }

    [Test]
    public async Task A_lock_that_time_ends_stops_nobody_and_a_lock_alone_is_not_the_policys_doing()
    {
        using var host = await StartAsync(rootEnrolls: true);
        for (var i = 0; i < 12; i++) await host.SignIn.ReportPasswordFailureAsync(Root);
        Assert.That((await host.Status.GetAsync(Root)).Lock?.Release, Is.EqualTo(LockRelease.AtTime));
        Assert.That(await host.ChangeAsync(Acme, _ => Deny(host, 0)), Is.TypeOf<SavePolicyResult.Saved>());
        host.Days(1);
        await host.MustChangeAsync(Acme, policy => policy with { Lockout = TwoFactor.Lockout.LockoutPolicy.AdminUnlock });
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(Root);
        Assert.That((await host.Status.GetAsync(Root)).Lock?.Release, Is.EqualTo(LockRelease.ByAdministrator));
        Assert.That(await host.ChangeAsync(Acme, policy => policy with { TrustedDeviceDays = 7 }), Is.TypeOf<SavePolicyResult.Saved>(), "he was out before");
    }

    [Test]
    public async Task Where_nobody_could_sign_in_before_a_policy_that_is_no_worse_is_saved()
    {
        using var host = await StartAsync(rootEnrolls: true);
        await host.MustChangeAsync(Acme, _ => Deny(host, 7));
        await host.Enrollment.UnregisterAsync(Root, host.RootPerson!.Proof);
        Assert.That(await host.ChangeAsync(Acme, policy => policy with { TrustedDeviceDays = 7 }), Is.TypeOf<SavePolicyResult.Saved>(), "the same");
        Assert.That(await host.ChangeAsync(Acme, _ => Deny(host, 9)), Is.TypeOf<SavePolicyResult.Saved>(), "milder");
        Assert.That(Stopped(await host.ChangeAsync(Acme, _ => Deny(host, 8))).Single().UserId, Is.EqualTo(Root), "sooner");
        Assert.That(await host.ChangeAsync(Acme, policy => policy with { Rules = [] }), Is.TypeOf<SavePolicyResult.Saved>(), "off");
    }

    [Test]
    public async Task An_exclusion_or_exemption_that_runs_out_is_looked_at_when_it_does()
    {
        using var host = await StartAsync(rootEnrolls: false);
        var until = host.Now.AddDays(100);
        OrganizationPolicy Excluding() => Deny(host, 0) with { Rules = [Deny(host, 0).Rules[0] with { ExcludedUsers = [new UserExclusion(Root, until, "break glass")] }] };
        Assert.That(Stopped(await host.ChangeAsync(Acme, _ => Excluding())).Single().From, Is.EqualTo(until));
    }

    [Test]
    public async Task Rules_that_only_report_or_rest_stop_nobody([Values(EnforcementMode.ReportOnly, EnforcementMode.Off)] EnforcementMode mode)
    {
        using var host = await StartAsync(rootEnrolls: false);
        var result = await host.ChangeAsync(Acme, _ => Deny(host, 0) with { Rules = [Deny(host, 0).Rules[0] with { Mode = mode }] });
        Assert.That(result, Is.TypeOf<SavePolicyResult.Saved>());
    }

    [Test]
    public async Task What_another_organisation_demands_of_the_administrator_counts_too()
    {
        using var host = await StartAsync(rootEnrolls: false);
        host.Member(Root.Value, OrganizationHost.Globex);
        host.Roles.Assign(Root, OrganizationHost.Globex, AdministratorRole.SystemAdministrator);
        host.Roles.Assign((await host.EnrollAsync(host.Member("gus", OrganizationHost.Globex))).Id, OrganizationHost.Globex, AdministratorRole.SystemAdministrator);
        await host.MustChangeAsync(OrganizationHost.Globex, _ => PolicyPresets.RequiredAfterGrace(OrganizationHost.Globex, host.Now) with { AfterGrace = AfterGrace.Deny });
        Assert.That(await host.ChangeAsync(Acme, policy => policy with { TrustedDeviceDays = 7 }), Is.TypeOf<SavePolicyResult.Saved>(), "not Acme's doing");
        Assert.That(Stopped(await host.ChangeAsync(Acme, _ => Deny(host, 3))).Single().From, Is.EqualTo(host.Now.AddDays(3)), "sooner than Globex does");
    }

    [Test]
    public async Task Who_signs_in_by_single_sign_on_alone_is_not_stopped_by_rules_for_passwords()
    {
        using var host = await StartAsync(rootEnrolls: false);
        host.Directory.Leave(Root, Acme);
        host.Directory.Join(Root, Acme, identityProvider: "okta");
        Assert.That(await host.ChangeAsync(Acme, _ => Deny(host, 0) with { Sso = SsoMode.ExemptSso }), Is.TypeOf<SavePolicyResult.Saved>());
        Assert.That(Stopped(await host.ChangeAsync(Acme, _ => Deny(host, 0))).Single().UserId, Is.EqualTo(Root), "without single sign-on he needs the password");
    }

    [Test]
    public async Task A_host_without_roles_is_not_checked_and_one_that_lists_them_is_asked_for_nobody_else([Values] bool withRoles)
    {
        var members = new GivenMembers([new Membership { UserId = Root, OrganizationId = Acme, SubjectSince = WorldGenerator.Noon }]);
        using var company = await SimulatedCompany.StartAsync(WorldGenerator.Noon, [], members, new InMemoryAccountStore(), withRoles);
        var result = await company.Policies.SaveAsync(Root, Denying(WorldGenerator.Noon, 0));
        Assert.That(result, withRoles ? Is.TypeOf<SavePolicyResult.NoAdministratorLeft>() : Is.TypeOf<SavePolicyResult.Saved>());
        var simulated = (SimulationResult.Simulated)await company.Simulation.SimulateAsync(Root, Denying(WorldGenerator.Noon, 0), WorldGenerator.Noon);
        Assert.That((simulated.Report.AdministratorsAreKnown, simulated.Report.StoppedAdministrators.Length), Is.EqualTo((withRoles, withRoles ? 1 : 0)));
    }

    [Test]
    public async Task Administrators_whom_the_host_lists_count_although_they_are_no_members()
    {
        var members = new GivenMembers([new Membership { UserId = Root, OrganizationId = Acme, SubjectSince = WorldGenerator.Noon }]);
        using var company = await SimulatedCompany.StartAsync(WorldGenerator.Noon, [], members, new InMemoryAccountStore());
        company.Roles.Listed = [new UserId("operator"), Root];
        Assert.That(await company.Policies.SaveAsync(Root, Denying(WorldGenerator.Noon, 0)), Is.TypeOf<SavePolicyResult.Saved>());
        company.Roles.Listed = [Root];
        Assert.That(await company.Policies.SaveAsync(Root, Denying(WorldGenerator.Noon, 0) with { Version = 1, TrustedDeviceDays = 7 }), Is.TypeOf<SavePolicyResult.Saved>(), "no worse");
    }
}
