using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Testing;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>Who may not is told so, nothing changes, and the attempt stands in the audit chain of who tried.</summary>
[Feature("B1")]
public sealed class DenialTests
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly OrganizationId Globex = OrganizationHost.Globex;

    private static async Task AssertDeniedAsync(OrganizationHost host, UserId actor, AdministrativeAction action, DenialReason reason, OrganizationId? organization, UserId? subject)
    {
        var record = await host.LastEventOfAsync(actor);
        Assert.That((record.Name, record.Actor, record.Organization), Is.EqualTo(("mfa_administration_denied", actor.Value, organization)));
        Assert.That((record.Details["action"], record.Details["reason"]), Is.EqualTo((action.ToString(), reason.ToString())));
        if (subject is { } s) Assert.That(record.Subject, Is.EqualTo(s));
        await host.AssertChainAsync(actor);
    }

    [Test]
    [Attack(33)]
    public async Task A_policy_written_by_an_ordinary_user_is_denied()
    {
        using var host = await OrganizationHost.StartAsync();
        await host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAtOnce(Acme, host.Now));
        var ada = await host.EnrollAsync(host.Member("ada"));
        var before = await host.StoredAsync(Acme);
        var result = await host.Policies.SaveAsync(ada.Id, OrganizationPolicy.NewFor(Acme) with { Version = 1 });
        Assert.That(result, Is.EqualTo(new SavePolicyResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await host.StoredAsync(Acme), Is.EqualTo(before));
        await AssertDeniedAsync(host, ada.Id, AdministrativeAction.ChangePolicy, DenialReason.NotAuthorized, Acme, null);
    }

    [Test]
    [Attack(33)]
    public async Task Nor_is_one_read_and_nothing_is_said_of_faults_or_versions()
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = host.Member("ada");
        Assert.That(await host.Policies.ReadAsync(ada, Acme), Is.EqualTo(new ReadPolicyResult.Denied(DenialReason.NotAuthorized)));
        var faulty = OrganizationPolicy.NewFor(Acme) with { TrustedDeviceDays = 1, Version = 99 };
        Assert.That(await host.Policies.SaveAsync(ada, faulty), Is.TypeOf<SavePolicyResult.Denied>());
    }

    [Test]
    [Attack(31), Attack(33)]
    public async Task An_administrator_of_one_organisation_does_not_write_the_policy_of_another()
    {
        using var host = await OrganizationHost.StartAsync();
        Assert.That(await host.Policies.SaveAsync(OrganizationHost.Root, OrganizationPolicy.NewFor(Globex)), Is.TypeOf<SavePolicyResult.Denied>());
        Assert.That(await host.Policies.ReadAsync(OrganizationHost.Root, Globex), Is.TypeOf<ReadPolicyResult.Denied>());
        await AssertDeniedAsync(host, OrganizationHost.Root, AdministrativeAction.ReadPolicy, DenialReason.NotAuthorized, Globex, null);
        Assert.That(await host.StoredAsync(Globex), Is.Null);
    }

    [Test]
    [Attack(31)]
    public async Task Nobody_acts_on_himself()
    {
        using var host = await OrganizationHost.StartAsync();
        var before = await host.StoredAsync(OrganizationHost.Root);
        foreach (var (action, call) in CallsOn(host, OrganizationHost.Root, OrganizationHost.Root, Acme))
        {
            Assert.That(await call(), Is.EqualTo(new AdministrationResult.Denied(DenialReason.Self)), action.ToString());
            await AssertDeniedAsync(host, OrganizationHost.Root, action, DenialReason.Self, Acme, OrganizationHost.Root);
        }

        Assert.That(await host.StoredAsync(OrganizationHost.Root) with { AuditHead = before.AuditHead }, Is.EqualTo(before));
    }

    [Test]
    [Attack(31)]
    public async Task An_administrator_without_a_second_factor_acts_on_nobody()
    {
        using var host = await OrganizationHost.StartAsync(rootEnrolls: false);
        var ada = await host.EnrollAsync(host.Member("ada"));
        foreach (var (action, call) in CallsOn(host, OrganizationHost.Root, ada.Id, Acme))
        {
            Assert.That(await call(), Is.EqualTo(new AdministrationResult.Denied(DenialReason.NoSecondFactor)), action.ToString());
            await AssertDeniedAsync(host, OrganizationHost.Root, action, DenialReason.NoSecondFactor, Acme, ada.Id);
        }

        Assert.That((await host.Status.GetAsync(ada.Id)).IsEnrolled, Is.True);
    }

    [Test]
    [Attack(20), Attack(31)]
    public async Task A_second_factor_that_is_pending_is_none()
    {
        using var host = await OrganizationHost.StartAsync(rootEnrolls: false);
        var ada = await host.EnrollAsync(host.Member("ada"));
        await host.Enrollment.BeginAsync(OrganizationHost.Root, "root@example.org");
        Assert.That(
            await host.Administration.ResetAsync(OrganizationHost.Root, ada.Id, "lost", "call", Acme),
            Is.EqualTo(new AdministrationResult.Denied(DenialReason.NoSecondFactor)));
    }

    [Test]
    [Feature("B7")]
    public async Task The_administrator_who_enforces_need_not_have_set_up_before()
    {
        using var host = await OrganizationHost.StartAsync(rootEnrolls: false);
        Assert.That(await host.ChangeAsync(Acme, _ => PolicyPresets.RequiredAtOnce(Acme, host.Now)), Is.TypeOf<SavePolicyResult.Saved>());
    }

    [Test]
    [Attack(31)]
    public async Task A_user_of_another_organisation_is_out_of_reach()
    {
        using var host = await OrganizationHost.StartAsync();
        var stranger = await host.EnrollAsync(host.Member("stranger", Globex));
        foreach (var (action, call) in CallsOn(host, OrganizationHost.Root, stranger.Id, Acme))
        {
            Assert.That(await call(), Is.EqualTo(new AdministrationResult.Denied(DenialReason.OtherOrganization)), $"{action} within his own");
            await AssertDeniedAsync(host, OrganizationHost.Root, action, DenialReason.OtherOrganization, Acme, stranger.Id);
        }

        foreach (var (action, call) in CallsOn(host, OrganizationHost.Root, stranger.Id, Globex))
            Assert.That(await call(), Is.EqualTo(new AdministrationResult.Denied(DenialReason.NotAuthorized)), $"{action} within the other");
        Assert.That(await host.Administration.UnlockAsync(OrganizationHost.Root, stranger.Id), Is.EqualTo(new AdministrationResult.Denied(DenialReason.NotAuthorized)), "within none");
        Assert.That((await host.Status.GetAsync(stranger.Id)).IsEnrolled, Is.True);
    }

    [Test]
    [Attack(31)]
    public async Task A_user_who_has_left_is_out_of_reach()
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = await host.EnrollAsync(host.Member("ada"));
        host.Directory.Leave(ada.Id, Acme);
        Assert.That(
            await host.Administration.ResetAsync(OrganizationHost.Root, ada.Id, "lost", "call", Acme),
            Is.EqualTo(new AdministrationResult.Denied(DenialReason.OtherOrganization)));
    }

    [Test]
    [Feature("B6")]
    public async Task The_authenticator_of_a_shared_user_is_removed_only_by_who_may_in_all_organisations()
    {
        using var host = await OrganizationHost.StartAsync();
        var shared = await host.EnrollAsync(host.Member("shared"));
        host.Member("shared", Globex);
        foreach (var (action, call) in CallsOn(host, OrganizationHost.Root, shared.Id, Acme))
        {
            var removes = action is AdministrativeAction.Reset or AdministrativeAction.Unregister;
            Assert.That(await call(), removes ? Is.EqualTo(new AdministrationResult.Denied(DenialReason.SharedUser)) : Is.TypeOf<AdministrationResult.Done>(), action.ToString());
        }

        host.Roles.Assign(OrganizationHost.Root, Globex, AdministratorRole.HelpDesk);
        Assert.That(
            await host.Administration.ResetAsync(OrganizationHost.Root, shared.Id, "lost", "call", Acme),
            Is.EqualTo(new AdministrationResult.Denied(DenialReason.SharedUser)), "help desk may not reset there");
        host.Roles.Assign(OrganizationHost.Root, Globex, AdministratorRole.SystemAdministrator);
        Assert.That(await host.Administration.ResetAsync(OrganizationHost.Root, shared.Id, "lost", "call", Acme), Is.TypeOf<AdministrationResult.Done>());
    }

    [Test]
    [Feature("B6")]
    public async Task A_host_may_allow_the_reset_of_shared_users()
    {
        using var host = await OrganizationHost.StartAsync(configure: options => options.Administration.AllowResetOfSharedUsers = true);
        var shared = await host.EnrollAsync(host.Member("shared"));
        host.Member("shared", Globex);
        Assert.That(await host.Administration.ResetAsync(OrganizationHost.Root, shared.Id, "lost", "call", Acme), Is.TypeOf<AdministrationResult.Done>());
    }

    [Test]
    public async Task An_unknown_user_is_nobodys()
    {
        using var host = await OrganizationHost.StartAsync();
        var nobody = new UserId("nobody");
        foreach (var (action, call) in CallsOn(host, OrganizationHost.Root, nobody, Acme))
            Assert.That(await call(), Is.EqualTo(new AdministrationResult.Denied(DenialReason.OtherOrganization)), action.ToString());
        Assert.That(await host.EventsOfAsync(nobody), Is.Empty);
    }

    private static IEnumerable<(AdministrativeAction Action, Func<Task<AdministrationResult>> Call)> CallsOn(
        OrganizationHost host, UserId actor, UserId subject, OrganizationId organization)
    {
        var service = host.Administration;
        yield return (AdministrativeAction.Unlock, () => service.UnlockAsync(actor, subject, "please", organization).AsTask());
        yield return (AdministrativeAction.ExtendGrace, () => service.ExtendGraceAsync(actor, subject, organization, TimeSpan.FromDays(1), "please").AsTask());
        yield return (AdministrativeAction.Exempt, () => service.ExemptAsync(actor, subject, organization, host.Now.AddDays(1), "please").AsTask());
        yield return (AdministrativeAction.Unregister, () => service.UnregisterAsync(actor, subject, "please", organization).AsTask());
        yield return (AdministrativeAction.Reset, () => service.ResetAsync(actor, subject, "please", "call", organization).AsTask());
    }
}
