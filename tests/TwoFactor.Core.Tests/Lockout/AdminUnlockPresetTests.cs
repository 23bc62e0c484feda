using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>"5 failed passwords and 3 failed authentication codes. At this point, Diligent One locks their account. A System Admin will need to unlock it."</summary>
[Feature("B4")]
public sealed class AdminUnlockPresetTests
{
    private static readonly Action<TwoFactorOptions> Preset = o => o.Lockout.Preset = LockoutPreset.AdminUnlock;

    [Test]
    public async Task The_third_wrong_code_locks_until_an_administrator_unlocks()
    {
        using var host = TestHost.Start(Preset);
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var wrong = ada.App.WrongCodeAt(host.Now);
        Assert.That((await host.EnterAsync(challenge, wrong)).Refusal(), Is.EqualTo(new CodeRefusal.Wrong(2, null)));
        Assert.That((await host.EnterAsync(challenge, wrong)).Refusal(), Is.EqualTo(new CodeRefusal.Wrong(1, null)));
        var l = (await host.EnterAsync(challenge, wrong)).Refusal().As<CodeRefusal.LockedOut>().Lock;
        Assert.That(l, Is.EqualTo(new AccountLock(LockReason.CodeFailures, LockRelease.ByAdministrator, host.Now, null)));
    }

    [Test]
    public async Task Three_codes_lock_over_several_sign_ins_too()
    {
        using var host = TestHost.Start(Preset);
        var ada = await host.EnrollAsync();
        Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.LockedOut>());
    }

    [Test]
    public async Task The_fifth_wrong_password_locks_until_an_administrator_unlocks()
    {
        using var host = TestHost.Start(Preset);
        var ada = await host.EnrollAsync();
        for (var left = 4; left >= 1; left--)
            Assert.That(await host.SignIn.ReportPasswordFailureAsync(ada.Id), Is.EqualTo(new PasswordFailureResult.Counted(left)));
        var l = (await host.SignIn.ReportPasswordFailureAsync(ada.Id)).As<PasswordFailureResult.LockedOut>().Lock;
        Assert.That(l, Is.EqualTo(new AccountLock(LockReason.PasswordFailures, LockRelease.ByAdministrator, host.Now, null)));
    }

    [Test]
    public async Task Nothing_but_an_administrator_unlocks([Values] bool byPasswords)
    {
        using var host = TestHost.Start(Preset);
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        if (byPasswords) for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        else await host.GuessUntilLockedAsync(ada);

        Assert.That((await host.EnterAsync(waiting, ada.App.CodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>(), "the right code");
        Assert.That((await host.EnterBackupCodeAsync(waiting, ada.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>(), "a backup code");
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), "a new sign-in");
        await host.SignIn.ReportPasswordChangedAsync(ada.Id);
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), "a new password");
        foreach (var days in new[] { 1, 30, 365, 36500 })
        {
            host.Clock.Advance(TimeSpan.FromDays(days));
            Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), $"{days} days");
        }

        using var restarted = host.Restart(Preset);
        Assert.That(await restarted.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), "a restart");
        using var another = host.Restart();
        Assert.That(await another.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), "another preset");
        Assert.That(await host.Administration.UnlockAsync(new UserId("eve"), ada.Id), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(await host.Administration.UnlockAsync(ada.Id, ada.Id), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), "somebody who is no administrator");

        Assert.That(await host.Administration.UnlockAsync(Administrators.Root, ada.Id), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>(), "with the same authenticator as before");
    }

    [Test]
    public async Task After_the_unlock_there_are_three_attempts_again()
    {
        using var host = TestHost.Start(Preset);
        var ada = await host.EnrollAsync();
        for (var round = 0; round < 3; round++)
        {
            Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
            Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
            Assert.That((await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock.Release, Is.EqualTo(LockRelease.ByAdministrator));
            await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        }
    }

    [Test]
    public async Task The_numbers_are_policy_and_so_is_the_release()
    {
        using var host = TestHost.Start(o =>
        {
            o.Lockout.Preset = LockoutPreset.AdminUnlock;
            o.Lockout.CodeFailures = 2;
            o.Lockout.CodeRelease.Duration = TimeSpan.FromMinutes(7);
        });
        var ada = await host.EnrollAsync();
        Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That((await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock.Until, Is.EqualTo(host.Now + TimeSpan.FromMinutes(7)));
    }
}
