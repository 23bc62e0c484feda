using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Enrollment;

/// <summary>"Unregistering yourself from 2FA."</summary>
public sealed class UnregisterTests
{
    [Test]
    [Feature("B11")]
    public async Task Unregistering_removes_everything_and_ends_sessions_by_the_epoch()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        var session = (await host.Status.GetAsync(ada.Id)).Epoch;
        Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof), Is.TypeOf<UnregisterResult.Removed>());

        var status = await host.Status.GetAsync(ada.Id);
        Assert.That((status.IsEnrolled, status.BackupCodesLeft, status.BackupCodesGeneratedAt), Is.EqualTo((false, 0, (DateTimeOffset?)null)));
        Assert.That(status.Epoch, Is.GreaterThan(session), "a session that carries the old epoch is void");
        Assert.That(await host.EnterAsync(waiting, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.BackupCode, ada.BackupCodes[0]), Is.TypeOf<StepUpResult.NotEnrolled>());
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>(), "not enforced: no longer asked");
    }

    [Test]
    [Feature("B11")]
    public async Task It_asks_for_a_factor_first()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        Assert.That((await host.Enrollment.UnregisterAsync(ada.Id, null)).As<UnregisterResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Missing));
        Assert.That((await host.Status.GetAsync(ada.Id)).IsEnrolled, Is.True);
    }

    [Test]
    [Feature("B11")]
    public async Task The_user_enrols_again_at_the_next_sign_in()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof);
        var again = await host.EnrollAsync();
        await host.MustSignInAsync(again);
        Assert.That((await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof)).As<UnregisterResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Superseded));
    }

    [Test]
    [Feature("B12")]
    public async Task The_answer_names_the_entry_that_remains_in_the_app()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        using var renamed = host.Restart(o => o.Issuer = "Acme International");
        var removed = (await renamed.Enrollment.UnregisterAsync(ada.Id, ada.Proof)).As<UnregisterResult.Removed>();
        Assert.That((removed.Issuer, removed.AccountName), Is.EqualTo(("Acme", "ada@example.org")), "as the app still shows it, whatever the product is called now");
    }

    [Test]
    public async Task It_gives_nobody_new_attempts()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 3; i++) await host.GuessAsync(ada);
        var before = (await host.StoredAsync(ada.Id)).Attempts;
        await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof);
        Assert.That((await host.StoredAsync(ada.Id)).Attempts.RecentFailures, Is.EqualTo(before.RecentFailures));
    }

    [Test]
    public async Task A_locked_account_is_not_unregistered()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.GuessUntilLockedAsync(ada);
        Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof), Is.TypeOf<UnregisterResult.LockedOut>());
        Assert.That(await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, ada.Proof), Is.TypeOf<RegenerateBackupCodesResult.LockedOut>());
        Assert.That(await host.Enrollment.BeginAsync(ada.Id, "ada", ada.Proof), Is.TypeOf<BeginEnrollmentResult.LockedOut>());
    }
}
