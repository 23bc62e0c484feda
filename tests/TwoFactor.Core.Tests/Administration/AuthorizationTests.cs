using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Administration;

/// <summary>"Only System Admins can enforce 2FA, unlock accounts, and disable 2FA."</summary>
[Attack(31), Feature("B1")]
public sealed class AuthorizationTests
{
    private static readonly UserId Ada = new("ada");

    [Test]
    public async Task Without_an_authorizer_everybody_is_denied([Values(AdministrativeAction.Unlock, AdministrativeAction.Reset)] AdministrativeAction action)
    {
        var services = new ServiceCollection();
        services.AddTwoFactor(o => o.Issuer = "Acme").UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1"));
        using var provider = services.BuildServiceProvider();
        Assert.That(await CallAsync(provider.GetRequiredService<AdministrationService>(), action, Administrators.Root), Is.TypeOf<AdministrationResult.Denied>());
    }

    [Test]
    public async Task Nobody_does_it_to_himself_whatever_the_authorizer_says([Values(AdministrativeAction.Unlock, AdministrativeAction.Reset)] AdministrativeAction action)
    {
        using var host = TestHost.Start();
        var root = await host.EnrollAsync("root");
        var result = action == AdministrativeAction.Reset
            ? await host.Administration.ResetAsync(Administrators.Root, root.Id, "I lost it", "I know myself")
            : await host.Administration.UnlockAsync(Administrators.Root, root.Id);
        Assert.That(result, Is.TypeOf<AdministrationResult.Denied>());
        Assert.That((await host.Status.GetAsync(root.Id)).IsEnrolled, Is.True);
        Assert.That((host.LastAuditOf(root.Id).Name, host.LastAuditOf(root.Id).Actor), Is.EqualTo(("mfa_administration_denied", "root")));
    }

    [Test]
    public async Task A_denial_is_recorded_with_actor_and_subject_and_changes_nothing_else(
        [Values(AdministrativeAction.Unlock, AdministrativeAction.Reset)] AdministrativeAction action)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.GuessUntilLockedAsync(ada);
        var before = await host.StoredAsync(ada.Id);
        Assert.That(await CallAsync(host.Administration, action, new UserId("eve")), Is.TypeOf<AdministrationResult.Denied>());
        var record = host.LastAuditOf(new UserId("eve"));
        Assert.That((record.Name, record.Actor, record.Subject), Is.EqualTo(("mfa_administration_denied", "eve", (UserId?)ada.Id)));
        Assert.That(record.Details["action"], Is.EqualTo(action.ToString()));
        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
    }

    [Test]
    public async Task A_denial_is_recorded_however_many_other_writes_win_before_it()
    {
        using var host = TestHost.Start();
        var eve = new UserId("eve");
        var rivals = AccountTransaction.MaxRounds * 2;
        host.Store.BeforeSave = async () =>
        {
            if (rivals-- <= 0) return;
            var stored = await host.Memory.LoadAsync(eve, CancellationToken.None);
            await host.Memory.TrySaveAsync(stored.Account ?? Account.NewFor(eve), stored.Version, [], CancellationToken.None);
        };
        Assert.That(await host.Administration.UnlockAsync(eve, Ada), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(host.AuditNamesOf(eve), Has.Exactly(1).EqualTo("mfa_administration_denied"));
    }

    [Test]
    public async Task A_denial_comes_before_any_remark_on_the_texts([Values("", null)] string? text)
    {
        using var host = TestHost.Start();
        var tooLong = text ?? new string('x', 1001);
        Assert.That(await host.Administration.ResetAsync(new UserId("eve"), Ada, tooLong, tooLong), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(await host.Administration.UnlockAsync(new UserId("eve"), Ada, new string('x', 1001)), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(host.AuditNamesOf(new UserId("eve")), Has.Exactly(2).EqualTo("mfa_administration_denied"));
    }

    [Test]
    public async Task An_administrator_without_a_second_factor_of_his_own_is_denied_by_default()
    {
        using var host = TestHost.Start(o => o.Administration.RequireOwnSecondFactor = new TwoFactorOptions().Administration.RequireOwnSecondFactor);
        var ada = await host.EnrollAsync();
        Assert.That(await host.Administration.UnlockAsync(Administrators.Root, ada.Id), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost", "call"), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(host.AuditNamesOf(Administrators.Root), Has.Exactly(2).Items.And.All.EqualTo("mfa_administration_denied"));
        await host.EnrollAsync("root");
        Assert.That(await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost", "call"), Is.TypeOf<AdministrationResult.Done>());
    }

    [Test]
    public async Task An_authorizer_that_fails_lets_nothing_happen([Values(AdministrativeAction.Unlock, AdministrativeAction.Reset)] AdministrativeAction action)
    {
        using var host = TestHost.Start(build: b => b.UseAuthorizer<Failing>());
        var ada = await host.EnrollAsync();
        var before = await host.StoredAsync(ada.Id);
        Assert.That(() => CallAsync(host.Administration, action, Administrators.Root), Throws.InstanceOf<TimeoutException>());
        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
    }

    [Test]
    public void Misuse_names_the_parameter()
    {
        using var host = TestHost.Start();
        var service = host.Administration;
        Assert.Multiple(() =>
        {
            Assert.That(() => service.UnlockAsync(default, Ada).AsTask(), Throws.ArgumentException.With.Property("ParamName").EqualTo("actor"));
            Assert.That(() => service.UnlockAsync(Ada, default).AsTask(), Throws.ArgumentException.With.Property("ParamName").EqualTo("subject"));
            Assert.That(() => service.ResetAsync(Ada, Ada, null!, "").AsTask(), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("reason"));
            Assert.That(() => service.ResetAsync(Ada, Ada, "", null!).AsTask(), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("identityVerification"));
        });
    }

    private static async Task<AdministrationResult> CallAsync(AdministrationService service, AdministrativeAction action, UserId actor) =>
        action == AdministrativeAction.Reset ? await service.ResetAsync(actor, Ada, "lost", "call") : await service.UnlockAsync(actor, Ada, "asked");

    private sealed class Failing : ITwoFactorAuthorizer
    {
        public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) =>
            throw new TimeoutException("The directory does not answer.");
    }
}
