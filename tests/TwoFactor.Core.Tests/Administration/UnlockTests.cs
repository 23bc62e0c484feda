using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.SignIn;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Administration;

public sealed class UnlockTests
{
    [Test]
    public async Task It_ends_the_soft_locks_and_keeps_secret_codes_and_epoch()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        Assert.That(await host.Administration.UnlockAsync(Administrators.Root, ada.Id, "called the help desk"), Is.TypeOf<AdministrationResult.Done>());
        await host.GuessUntilLockedAsync(ada);
        var before = await host.StoredAsync(ada.Id);
        Assert.That(await host.Administration.UnlockAsync(Administrators.Root, ada.Id), Is.TypeOf<AdministrationResult.Done>());
        var after = await host.StoredAsync(ada.Id);
        Assert.That((after.Active, after.BackupCodes, after.Epoch), Is.EqualTo((before.Active, before.BackupCodes, before.Epoch)));
        Assert.That(after.Attempts.RecentFailures, Is.EqualTo(before.Attempts.RecentFailures), "the rolling caps stay");
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task It_revives_no_sign_in_that_the_lock_killed()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        await host.GuessUntilLockedAsync(ada);
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        Assert.That(await host.EnterAsync(waiting, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    public async Task The_growth_of_locks_starts_anew_but_the_hard_limit_counts_on()
    {
        using var host = TestHost.Start(o => o.Lockout.HardLimit = 10);
        var ada = await host.EnrollAsync();
        var first = await host.GuessUntilLockedAsync(ada);
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        Assert.That(first.Release, Is.EqualTo(LockRelease.AtTime));
        Assert.That((await host.GuessUntilLockedAsync(ada)).Release, Is.EqualTo(LockRelease.ByReset), "ten in a row, the unlock between them notwithstanding");
    }

    [Test]
    public async Task It_is_recorded_with_actor_and_reason()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id, "called");
        var record = host.LastAuditOf(ada.Id);
        Assert.That((record.Name, record.Actor, record.Details["reason"]), Is.EqualTo(("mfa_unlocked", "root", "called")));
    }
}
