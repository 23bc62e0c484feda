using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Testing;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>System administrators may do everything, the help desk unlocks and does not reset, auditors read, others nothing.</summary>
[Feature("B1")]
public sealed class RoleBasedAuthorizerTests
{
    // One row an action: may None, Auditor, HelpDesk, SystemAdministrator?
    private static readonly Dictionary<AdministrativeAction, (bool None, bool Auditor, bool HelpDesk, bool System)> s_table = new()
    {
        [AdministrativeAction.Unlock] = (false, false, true, true),
        [AdministrativeAction.Reset] = (false, false, false, true),
        [AdministrativeAction.Unregister] = (false, false, false, true),
        [AdministrativeAction.ExtendGrace] = (false, false, false, true),
        [AdministrativeAction.Exempt] = (false, false, false, true),
        [AdministrativeAction.ReadUsers] = (false, true, true, true),
        [AdministrativeAction.ReadPolicy] = (false, true, false, true),
        [AdministrativeAction.ChangePolicy] = (false, false, false, true),
        [AdministrativeAction.ReadAudit] = (false, true, false, true),
        [AdministrativeAction.RevokeTrustedDevices] = (false, false, false, true),
        [AdministrativeAction.MoveRegion] = (false, false, false, true),
        [AdministrativeAction.SimulatePolicy] = (false, true, false, true),
    };

    private static ValueTask<bool> AskAsync(AssignedRoles roles, AdministrativeAction action, OrganizationId? organization) =>
        new RoleBasedAuthorizer(roles).IsAllowedAsync(new AdministrativeRequest(new UserId("ada"), action, organization, new UserId("bob")), CancellationToken.None);

    [Test]
    public async Task Each_role_may_what_the_table_says([Values] AdministrativeAction action)
    {
        Assert.That(s_table, Contains.Key(action), "a new action needs a row");
        var (none, auditor, helpDesk, system) = s_table[action];
        (AdministratorRole Role, bool May)[] expected =
        [
            (AdministratorRole.None, none), (AdministratorRole.Auditor, auditor), (AdministratorRole.HelpDesk, helpDesk),
            (AdministratorRole.SystemAdministrator, system), ((AdministratorRole)99, false),
        ];
        Assert.That(expected.Select(e => e.Role).Intersect(Enum.GetValues<AdministratorRole>()).Count(), Is.EqualTo(Enum.GetValues<AdministratorRole>().Length), "all roles");
        foreach (var (role, may) in expected)
        {
            var roles = new AssignedRoles();
            roles.Assign(new UserId("ada"), OrganizationHost.Acme, role);
            Assert.That(await AskAsync(roles, action, OrganizationHost.Acme), Is.EqualTo(may), role.ToString());
            Assert.That(await AskAsync(roles, action, OrganizationHost.Globex), Is.False, $"{role} of another organisation");
            Assert.That(await AskAsync(roles, action, null), Is.False, $"{role} without an organisation");
        }
    }

    [Test]
    public async Task The_help_desk_unlocks_and_does_not_reset()
    {
        using var host = await OrganizationHost.StartAsync();
        var desk = (await host.EnrollAsync(host.Member("desk"))).Id;
        host.Roles.Assign(desk, OrganizationHost.Acme, AdministratorRole.HelpDesk);
        var ada = await host.EnrollAsync(host.Member("ada"));
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        Assert.That((await host.Status.GetAsync(ada.Id)).Lock, Is.Not.Null);
        Assert.That(await host.Administration.UnlockAsync(desk, ada.Id, organization: OrganizationHost.Acme), Is.TypeOf<AdministrationResult.Done>());
        Assert.That((await host.Status.GetAsync(ada.Id)).Lock, Is.Null);
        Assert.That(await host.Administration.ResetAsync(desk, ada.Id, "lost", "call", OrganizationHost.Acme), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That((await host.Status.GetAsync(ada.Id)).IsEnrolled, Is.True);
    }
}
