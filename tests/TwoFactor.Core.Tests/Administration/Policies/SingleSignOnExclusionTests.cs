using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>"If SSO is enabled, 2FA cannot be turned on. Likewise, if any member uses 2FA, SSO cannot be turned on."</summary>
[Feature("B5")]
public sealed class SingleSignOnExclusionTests
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;

    private static Task<OrganizationHost> StartAsync() => OrganizationHost.StartAsync(
        configure: options => (options.Administration.RequireOwnSecondFactor, options.BackupCodes.Count) = (false, 1), rootEnrolls: false);

    private static OrganizationPolicy Exclusive(OrganizationPolicy policy) => policy with { Sso = SsoMode.SsoExclusive };

    [Test]
    public async Task With_single_sign_on_on_a_second_factor_cannot_be_required([Values(EnforcementMode.Enforce, EnforcementMode.ReportOnly)] EnforcementMode mode)
    {
        using var host = await StartAsync();
        await host.MustChangeAsync(Acme, Exclusive);
        var before = await host.StoredAsync(Acme);
        var result = await host.ChangeAsync(Acme, policy => policy with { Rules = [new EnforcementRule { Id = "everyone", Start = host.Now, Mode = mode }] });
        Assert.That(result.As<SavePolicyResult.Invalid>().Errors.Single().Field, Is.EqualTo("Sso"));
        Assert.That(await host.StoredAsync(Acme), Is.EqualTo(before));
    }

    [Test]
    public async Task While_members_use_a_second_factor_single_sign_on_cannot_be_turned_on_and_they_are_listed()
    {
        using var host = await StartAsync();
        foreach (var name in new[] { "zoe", "ada", "bob" }) await host.EnrollAsync(host.Member(name));
        host.Member("eve");
        var result = await host.ChangeAsync(Acme, Exclusive);
        Assert.That(result.As<SavePolicyResult.MembersUseTwoFactor>().Members.Select(m => m.Value), Is.EqualTo(s_inOrder));
        Assert.That(await host.StoredAsync(Acme), Is.Null, "nothing was changed");
    }

    private static readonly string[] s_inOrder = ["ada", "bob", "zoe"];

    [Test]
    public async Task An_external_collaborator_is_a_member_in_this_too()
    {
        using var host = await StartAsync();
        var partner = new UserId("partner@example.com");
        host.Directory.Join(partner, Acme, MembershipKind.ExternalCollaborator);
        await host.EnrollAsync(partner);
        Assert.That((await host.ChangeAsync(Acme, Exclusive)).As<SavePolicyResult.MembersUseTwoFactor>().Members, Is.EqualTo(new[] { partner }));
    }

    [Test]
    [Attack(20)]
    public async Task Who_has_not_confirmed_or_has_unregistered_or_left_does_not_use_one()
    {
        using var host = await StartAsync();
        await host.Enrollment.BeginAsync(host.Member("pending"), "pending@example.org");
        var gone = await host.EnrollAsync(host.Member("unregistered"));
        await host.Enrollment.UnregisterAsync(gone.Id, gone.Proof);
        var left = await host.EnrollAsync(host.Member("left"));
        host.Directory.Leave(left.Id, Acme);
        await host.EnrollAsync(host.Member("elsewhere", OrganizationHost.Globex));
        Assert.That(await host.ChangeAsync(Acme, Exclusive), Is.TypeOf<SavePolicyResult.Saved>());
    }

    [Test]
    public async Task Once_the_members_are_unregistered_it_can_be_turned_on_and_off_again()
    {
        using var host = await StartAsync();
        var ada = await host.EnrollAsync(host.Member("ada"));
        Assert.That(await host.ChangeAsync(Acme, Exclusive), Is.TypeOf<SavePolicyResult.MembersUseTwoFactor>());
        Assert.That(await host.Administration.UnregisterAsync(OrganizationHost.Root, ada.Id, "single sign-on comes", Acme), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await host.ChangeAsync(Acme, Exclusive), Is.TypeOf<SavePolicyResult.Saved>());
        Assert.That(await host.ChangeAsync(Acme, _ => PolicyPresets.RequiredAtOnce(Acme, host.Now)), Is.TypeOf<SavePolicyResult.Saved>(), "off again, and required at once");
    }

    [Test]
    [Feature("C1")]
    public async Task Single_sign_on_that_exempts_goes_together_with_a_second_factor()
    {
        using var host = await StartAsync();
        await host.EnrollAsync(host.Member("ada"));
        Assert.That(await host.ChangeAsync(Acme, _ => PolicyPresets.RequiredWithoutSso(Acme, host.Now, sso: true)), Is.TypeOf<SavePolicyResult.Saved>());
    }

    [Test]
    public async Task It_is_not_answered_to_somebody_who_may_not_change_policy()
    {
        using var host = await StartAsync();
        await host.EnrollAsync(host.Member("ada"));
        Assert.That(await host.Policies.SaveAsync(new UserId("eve"), Exclusive(OrganizationPolicy.NewFor(Acme))), Is.TypeOf<SavePolicyResult.Denied>(), "no list of members");
    }
}
