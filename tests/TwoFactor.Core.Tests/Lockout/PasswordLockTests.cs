using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>Wrong passwords, as the host reports them, have a counter and a lock of their own.</summary>
public sealed class PasswordLockTests
{
    private static readonly UserId Ada = new("ada");

    [Test]
    [Attack(16)]
    public async Task The_fifth_wrong_password_locks_for_a_minute_doubling_to_an_hour()
    {
        using var host = TestHost.Start();
        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            for (var left = 4; left >= 1; left--)
                Assert.That(await host.SignIn.ReportPasswordFailureAsync(Ada), Is.EqualTo(new PasswordFailureResult.Counted(left)));
            var l = (await host.SignIn.ReportPasswordFailureAsync(Ada)).As<PasswordFailureResult.LockedOut>().Lock;
            Assert.That(l, Is.EqualTo(new AccountLock(LockReason.PasswordFailures, LockRelease.AtTime, host.Now, host.Now + TimeSpan.FromMinutes(minutes))));
            host.Clock.SetTo(l.Until!.Value - TimeSpan.FromTicks(1));
            Assert.That(await host.SignIn.BeginAsync(new SignInRequest(Ada)), Is.TypeOf<BeginSignInResult.LockedOut>());
            host.Clock.SetTo(l.Until.Value);
        }

        Assert.That(await host.SignIn.BeginAsync(new SignInRequest(Ada)), Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    public async Task A_right_password_clears_the_count_of_wrong_ones()
    {
        using var host = TestHost.Start();
        for (var i = 0; i < 4; i++) await host.SignIn.ReportPasswordFailureAsync(Ada);
        await host.SignIn.BeginAsync(new SignInRequest(Ada));
        Assert.That(await host.SignIn.ReportPasswordFailureAsync(Ada), Is.EqualTo(new PasswordFailureResult.Counted(4)));
    }

    [Test]
    public async Task A_sign_in_by_another_method_says_nothing_about_the_password()
    {
        using var host = TestHost.Start();
        for (var i = 0; i < 4; i++) await host.SignIn.ReportPasswordFailureAsync(Ada);
        await host.SignIn.BeginAsync(new SignInRequest(Ada) { Method = SignInMethod.Sso });
        await host.SignIn.BeginAsync(new SignInRequest(Ada) { Method = SignInMethod.MagicLink });
        Assert.That(await host.SignIn.ReportPasswordFailureAsync(Ada), Is.TypeOf<PasswordFailureResult.LockedOut>());
    }

    [Test]
    public async Task Passwords_and_codes_are_counted_apart()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 4; i++) await host.GuessAsync(ada);
        for (var i = 0; i < 4; i++) Assert.That(await host.SignIn.ReportPasswordFailureAsync(Ada), Is.TypeOf<PasswordFailureResult.Counted>());
        var attempts = (await host.StoredAsync(Ada)).Attempts;
        Assert.That((attempts.RoundFailures, attempts.PasswordFailures), Is.EqualTo((4, 4)));
    }

    [Test]
    [Attack(17)]
    public async Task A_lock_for_passwords_kills_the_sign_in_that_waits_and_keeps_the_code()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        var refused = (await host.EnterAsync(waiting, ada.App.CodeAt(host.Now))).Refusal().As<CodeRefusal.LockedOut>();
        Assert.That(refused.Lock.Reason, Is.EqualTo(LockReason.PasswordFailures));
        host.Clock.SetTo(refused.Lock.Until!.Value);
        Assert.That(await host.EnterAsync(waiting, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_lock_for_codes_does_not_stop_the_count_of_wrong_passwords()
    {
        using var host = TestHost.Start(options => options.Lockout.Preset = LockoutPreset.AdminUnlock);
        var ada = await host.EnrollAsync();
        var codes = await host.GuessUntilLockedAsync(ada);
        for (var left = 4; left >= 1; left--)
            Assert.That(await host.SignIn.ReportPasswordFailureAsync(ada.Id), Is.EqualTo(new PasswordFailureResult.Counted(left)));
        var passwords = (await host.SignIn.ReportPasswordFailureAsync(ada.Id)).As<PasswordFailureResult.LockedOut>().Lock;
        Assert.That(passwords.Reason, Is.EqualTo(LockReason.PasswordFailures));
        var attempts = (await host.StoredAsync(ada.Id)).Attempts;
        Assert.That((attempts.CodeLock, attempts.PasswordLock), Is.EqualTo((codes, passwords)));
    }

    [Test]
    public async Task A_lock_for_passwords_is_what_a_password_is_told_of_even_when_codes_are_locked_for_longer()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        var stored = await host.StoredAsync(ada.Id);
        var forever = new AccountLock(LockReason.HardLimit, LockRelease.ByReset, host.Now, null);
        await host.OverwriteAsync(stored with { Attempts = stored.Attempts with { CodeLock = forever } });
        Assert.That((await host.BeginSignInAsync(ada)).As<BeginSignInResult.LockedOut>().Lock.Reason, Is.EqualTo(LockReason.PasswordFailures));
        Assert.That((await host.SignIn.BeginAsync(new SignInRequest(ada.Id) { Method = SignInMethod.MagicLink })).As<BeginSignInResult.LockedOut>().Lock, Is.EqualTo(forever));
    }

    [Test]
    public async Task The_status_tells_of_the_lock_for_passwords_beside_one_for_codes()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        Assert.That((await host.Status.GetAsync(ada.Id)).PasswordLock, Is.Null);
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        var stored = await host.StoredAsync(ada.Id);
        var forever = new AccountLock(LockReason.HardLimit, LockRelease.ByReset, host.Now, null);
        await host.OverwriteAsync(stored with { Attempts = stored.Attempts with { CodeLock = forever } });
        var status = await host.Status.GetAsync(ada.Id);
        Assert.That((status.Lock, status.PasswordLock), Is.EqualTo((forever, stored.Attempts.PasswordLock)));
        host.Clock.SetTo(status.PasswordLock!.Until!.Value);
        Assert.That((await host.Status.GetAsync(ada.Id)).PasswordLock, Is.Null);
    }

    [Test]
    public async Task A_policy_that_asks_for_no_code_does_not_open_the_lock_for_passwords([Values] bool enrolled)
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = host.Member("ada");
        if (enrolled) await host.EnrollAsync(ada);
        await host.MustChangeAsync(OrganizationHost.Acme, policy => policy with
        {
            Methods = [new MethodRule(SignInMethodKind.Password, null, null, new MethodRequirement.Exempt())],
        });
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(ada);
        var refused = (await host.BeginAsync(ada)).As<BeginSignInResult.LockedOut>();
        Assert.That(refused.Lock.Reason, Is.EqualTo(LockReason.PasswordFailures));
        Assert.That((await host.StoredAsync(ada)).Attempts.PasswordLock, Is.EqualTo(refused.Lock), "the refused password has not cleared it");
        Assert.That(await host.BeginAsync(ada, SignInMethod.Sso), Is.TypeOf<BeginSignInResult.Allowed>(), "single sign-on is no password");
        host.Clock.SetTo(refused.Lock.Until!.Value);
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    [Attack(28)]
    public async Task Ten_thousand_calls_without_the_first_factor_change_nothing_of_the_code_budget()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.GuessAsync(ada);
        var before = (await host.StoredAsync(ada.Id)).Attempts;
        for (var i = 0; i < 2500; i++)
        {
            // A token that nobody issued, an enrolment that nobody began, and the password form.
            var secret = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            Assert.That(ChallengeToken.TryParse($"YWRh.{secret}", out var forged), Is.True);
            await host.EnterAsync(forged!, "000000");
            await host.EnterBackupCodeAsync(forged!, ada.WrongBackupCode());
            await host.Enrollment.ConfirmAsync(ada.Id, EnrollmentId.New(), "000000");
            await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        }

        var after = (await host.StoredAsync(ada.Id)).Attempts;
        Assert.That(
            (after.RoundFailures, after.ConsecutiveFailures, after.LockLevel, after.CodeLock, after.RecentFailures.Length),
            Is.EqualTo((before.RoundFailures, before.ConsecutiveFailures, before.LockLevel, before.CodeLock, before.RecentFailures.Length)));
        Assert.That(before.RoundFailures, Is.EqualTo(1));
    }
}
