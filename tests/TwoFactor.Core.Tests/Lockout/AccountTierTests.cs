using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>Five wrong codes in a row lock the account for a minute, doubling to an hour.</summary>
public sealed class AccountTierTests
{
    [Test]
    [Attack(16), Feature("C5")]
    public async Task The_fifth_wrong_code_itself_answers_locked_out_and_the_attempts_left_count_down_to_it()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var first = await host.PassPasswordAsync(ada);
        var wrong = ada.App.WrongCodeAt(host.Now);
        CodeRefusal[] answers =
        [
            (await host.EnterAsync(first, wrong)).Refusal(),
            (await host.EnterAsync(first, wrong)).Refusal(),
            (await host.EnterAsync(first, wrong)).Refusal(),
        ];
        Assert.That(answers, Is.EqualTo(new CodeRefusal[] { new CodeRefusal.Wrong(2, null), new CodeRefusal.Wrong(1, null), new CodeRefusal.StartOver() }));

        var begun = (await host.BeginSignInAsync(ada)).As<BeginSignInResult.ChallengeRequired>();
        Assert.That(begun.AttemptsLeft, Is.EqualTo(2), "a new sign-in gives no new attempts at the account");
        Assert.That((await host.EnterAsync(begun.Challenge, wrong)).Refusal(), Is.EqualTo(new CodeRefusal.Wrong(1, null)));
        var locked = (await host.EnterAsync(begun.Challenge, wrong)).Refusal().As<CodeRefusal.LockedOut>().Lock;
        Assert.That(locked, Is.EqualTo(new AccountLock(LockReason.CodeFailures, LockRelease.AtTime, host.Now, host.Now + TimeSpan.FromMinutes(1))));
    }

    [Test]
    public async Task Locks_in_a_row_last_1_2_4_8_16_32_and_60_minutes_and_stay_at_60()
    {
        using var host = TestHost.Start(o => (o.Lockout.FailuresPerDay, o.Lockout.HardLimit) = (60, 100));
        var ada = await host.EnrollAsync();
        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 })
        {
            var l = await host.GuessUntilLockedAsync(ada);
            Assert.That((l.Until - l.Since, l.Since), Is.EqualTo(((TimeSpan?)TimeSpan.FromMinutes(minutes), host.Now)));
            host.Clock.SetTo(l.Until!.Value - TimeSpan.FromTicks(1));
            Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), "to the last tick");
            host.Clock.SetTo(l.Until.Value);
            Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.ChallengeRequired>());
        }
    }

    [Test]
    public async Task Each_lock_takes_five_more_wrong_codes()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++) Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
            host.Clock.SetTo((await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock.Until!.Value);
        }
    }

    [Test]
    public async Task A_passed_second_factor_clears_the_count_and_the_growth([Values] MfaFactorType factor)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.SetTo((await host.GuessUntilLockedAsync(ada)).Until!.Value);
        for (var i = 0; i < 4; i++) await host.GuessAsync(ada);
        var challenge = await host.PassPasswordAsync(ada);
        var passed = factor == MfaFactorType.Totp
            ? await host.EnterAsync(challenge, ada.App.CodeAt(host.Now))
            : await host.EnterBackupCodeAsync(challenge, ada.BackupCodes[0]);
        Assert.That(passed, Is.TypeOf<VerifySignInResult.SignedIn>());
        for (var i = 0; i < 4; i++) Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
        var l = (await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock;
        Assert.That(l.Until - l.Since, Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [Test]
    [Attack(13), Attack(14)]
    public async Task App_codes_and_backup_codes_share_one_budget()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 4; i++)
        {
            var challenge = await host.PassPasswordAsync(ada);
            var refusal = i % 2 == 0
                ? (await host.EnterBackupCodeAsync(challenge, ada.WrongBackupCode())).Refusal()
                : (await host.EnterAsync(challenge, ada.App.WrongCodeAt(host.Now))).Refusal();
            Assert.That(refusal, Is.TypeOf<CodeRefusal.Wrong>());
        }

        var last = await host.PassPasswordAsync(ada);
        Assert.That((await host.EnterBackupCodeAsync(last, ada.WrongBackupCode())).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
    }

    [Test]
    [Attack(13)]
    public async Task A_new_challenge_the_right_password_or_another_factor_resets_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 4; i++) await host.GuessAsync(ada);
        for (var i = 0; i < 20; i++) await host.PassPasswordAsync(ada);
        await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        await host.SignIn.ReportPasswordChangedAsync(ada.Id);
        await host.SignIn.BeginAsync(new SignInRequest(ada.Id) { Method = SignInMethod.Sso });
        await host.SignIn.BeginAsync(new SignInRequest(ada.Id) { Method = SignInMethod.MagicLink });
        var challenge = await host.PassPasswordAsync(ada);
        Assert.That((await host.EnterBackupCodeAsync(challenge, ada.WrongBackupCode())).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
    }

    [Test]
    [Attack(12)]
    public async Task An_old_challenge_restores_no_attempt()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var wrong = ada.App.WrongCodeAt(host.Now);
        var old = await host.PassPasswordAsync(ada);
        for (var i = 0; i < 2; i++) await host.EnterAsync(old, wrong);
        var copy = ChallengeToken.TryParse(old.Reveal(), out var parsed) ? parsed : null;
        Assert.That((await host.EnterAsync(copy!, wrong)).Refusal(), Is.TypeOf<CodeRefusal.StartOver>(), "its own attempts are counted with it");
        for (var i = 0; i < 10; i++) Assert.That(await host.EnterAsync(old, wrong), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), "used up");
        Assert.That((await host.StoredAsync(ada.Id)).Attempts.RoundFailures, Is.EqualTo(3), "a void challenge is no oracle and is not charged");
    }

    [Test]
    [Attack(17)]
    public async Task A_right_code_while_locked_is_refused_and_not_burnt_and_the_waiting_sign_in_is_dead([Values] MfaFactorType factor)
    {
        using var host = TestHost.Start(o => o.SignIn.ChallengeLifetime = TimeSpan.FromMinutes(10));
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        var until = (await host.GuessUntilLockedAsync(ada)).Until!.Value;
        var code = factor == MfaFactorType.Totp ? ada.App.CodeAt(until) : ada.BackupCodes[0];
        host.Clock.SetTo(until - TimeSpan.FromSeconds(1));
        Assert.That((await host.SignIn.VerifyAsync(waiting, factor, code)).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
        Assert.That((await host.SignIn.StepUpAsync(ada.Id, factor, code)).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
        host.Clock.SetTo(until);
        Assert.That(await host.SignIn.VerifyAsync(waiting, factor, code), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), "the lock killed it");
        Assert.That(await host.SignIn.VerifyAsync(await host.PassPasswordAsync(ada), factor, code), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Attack(17)]
    public async Task A_waiting_sign_in_does_not_survive_a_new_password()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        Assert.That(await host.SignIn.ReportPasswordChangedAsync(ada.Id), Is.True);
        Assert.That(await host.EnterAsync(waiting, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task While_locked_no_more_codes_are_counted()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.GuessUntilLockedAsync(ada);
        var before = (await host.StoredAsync(ada.Id)).Attempts;
        for (var i = 0; i < 20; i++)
        {
            Assert.That((await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, ada.App.WrongCodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
        }

        Assert.That((await host.StoredAsync(ada.Id)).Attempts, Is.EqualTo(before));
    }

    [Test]
    public async Task A_lock_survives_a_restart()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.GuessUntilLockedAsync(ada);
        using var restarted = host.Restart();
        Assert.That(await restarted.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>());
        Assert.That((await restarted.Status.GetAsync(ada.Id)).Lock?.Reason, Is.EqualTo(LockReason.CodeFailures));
    }
}
