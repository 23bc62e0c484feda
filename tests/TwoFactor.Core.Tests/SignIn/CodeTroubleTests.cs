using NUnit.Framework;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.SignIn;

/// <summary>"Code doesn't work": the clock of the device, codes that expire, and the way out.</summary>
[Feature("A11")]
public sealed class CodeTroubleTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_device_that_is_off_by_no_more_than_the_window_gets_in(
        [Values(-2, -1, 0, 1, 2, 3)] int steps, [Values(0, 1, 2)] int past, [Values(0, 1, 3)] int future)
    {
        using var host = TestHost.Start(o => (o.Totp.PastSteps, o.Totp.FutureSteps, o.BackupCodes.Count) = (past, future, 1));
        var ada = await host.EnrollAsync();
        host.Clock.Advance(Step * 10);
        var result = await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.CodeAt(host.Now + Step * steps));
        if (steps >= -past && steps <= future) Assert.That(result.As<VerifySignInResult.SignedIn>().ClockOffset, Is.EqualTo(steps));
        else Assert.That(result.Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
    }

    [Test]
    public async Task A_code_expires()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var code = ada.App.CodeAt(host.Now);
        host.Clock.Advance(Step * 2 - TimeSpan.FromTicks(1));
        Assert.That(await host.EnterAsync(await host.PassPasswordAsync(ada), code), Is.TypeOf<VerifySignInResult.SignedIn>(), "in the step after its own");

        code = ada.App.CodeAt(host.Now + Step);
        host.Clock.Advance(Step * 3);
        Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), code)).Refusal(), Is.TypeOf<CodeRefusal.Wrong>(), "two steps after its own");
    }

    [Test]
    public async Task A_backup_code_is_the_way_out()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var signedIn = (await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0])).As<VerifySignInResult.SignedIn>();
        Assert.That((signedIn.Proof.ViaRecovery, signedIn.BackupCodesLeft), Is.EqualTo((true, 9)));
    }

    [Test]
    public async Task A_code_of_a_near_time_is_wrong_and_says_how_far_the_clock_is_off([Values(-10, -3, 3, 10)] int steps)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        var wrong = (await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.CodeAt(host.Now + Step * steps))).Refusal().As<CodeRefusal.Wrong>();
        Assert.That((wrong.AttemptsLeft, wrong.ClockHint?.DeviceOffset), Is.EqualTo((2, (TimeSpan?)(Step * steps))), "charged like any other, with a hint");
    }

    [Test]
    public async Task A_code_of_no_near_time_gives_no_hint()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var wrong = (await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.WrongCodeAt(host.Now))).Refusal().As<CodeRefusal.Wrong>();
        Assert.That(wrong.ClockHint, Is.Null);
    }

    [Test]
    public async Task A_spent_code_that_is_typed_again_much_later_says_nothing_about_the_clock()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        var spent = ada.App.CodeAt(host.Now);
        Assert.That(await host.EnterAsync(await host.PassPasswordAsync(ada), spent), Is.TypeOf<VerifySignInResult.SignedIn>());
        host.Clock.Advance(Step * 5);
        var wrong = (await host.EnterAsync(await host.PassPasswordAsync(ada), spent)).Refusal().As<CodeRefusal.Wrong>();
        Assert.That(wrong.ClockHint, Is.Null);
    }

    [Test]
    public async Task Hints_can_be_turned_off()
    {
        using var host = TestHost.Start(o => o.Totp.ClockHintSteps = 0);
        var ada = await host.EnrollAsync();
        var wrong = (await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.CodeAt(host.Now + Step * 4))).Refusal().As<CodeRefusal.Wrong>();
        Assert.That(wrong.ClockHint, Is.Null);
    }

    [Test]
    public async Task A_code_that_a_hint_confirmed_cannot_be_used_by_waiting([Range(2, 11)] int steps)
    {
        using var host = TestHost.Start(o => o.BackupCodes.Count = 1);
        var ada = await host.EnrollAsync();
        var future = ada.App.CodeAt(host.Now + Step * steps);
        var hinted = (await host.EnterAsync(await host.PassPasswordAsync(ada), future)).Refusal().As<CodeRefusal.Wrong>();
        Assert.That(hinted.ClockHint?.DeviceOffset, Is.EqualTo(Step * steps));

        for (var i = 1; i <= steps + 1; i++)
        {
            host.NextCode();
            var result = await host.EnterAsync(await host.PassPasswordAsync(ada), future);
            Assert.That(result, Is.Not.TypeOf<VerifySignInResult.SignedIn>(), $"{i} steps later");
            if (result is VerifySignInResult.Refused { Refusal: CodeRefusal.LockedOut }) host.Clock.Advance(TimeSpan.FromSeconds(1));
            if ((await host.Status.GetAsync(ada.Id)).Lock is not null) await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        }
    }

    [Test]
    public async Task A_code_that_a_hint_confirmed_during_set_up_cannot_be_used_by_waiting_either()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(new("ada"));
        var app = Phone.Scan(offer.Uri);
        var future = app.CodeAt(host.Now + Step * 4);
        var hinted = (await host.Enrollment.ConfirmAsync(new("ada"), offer.EnrollmentId, future)).Refusal().As<CodeRefusal.Wrong>();
        Assert.That(hinted.ClockHint, Is.Not.Null);
        host.Clock.Advance(Step * 4);
        Assert.That((await host.Enrollment.ConfirmAsync(new("ada"), offer.EnrollmentId, future)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
    }

    [Test]
    public async Task A_code_that_a_hint_confirmed_during_set_up_cannot_sign_in()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(new("ada"));
        var app = Phone.Scan(offer.Uri);
        var future = app.CodeAt(host.Now + Step * 4);
        Assert.That((await host.Enrollment.ConfirmAsync(new("ada"), offer.EnrollmentId, future)).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
        var confirmed = (await host.Enrollment.ConfirmAsync(new("ada"), offer.EnrollmentId, app.CodeAt(host.Now))).As<ConfirmEnrollmentResult.Confirmed>();
        var ada = new Person(new("ada"), app, offer.EnrollmentId, confirmed.BackupCodes, confirmed.Proof);
        host.Clock.Advance(Step * 4);
        Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), future)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
    }

    [Test]
    public async Task A_hint_for_the_new_authenticator_costs_the_active_one_no_code()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var offer = await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
        var replacement = Phone.Scan(offer.Uri);
        await host.Enrollment.ConfirmAsync(ada.Id, offer.EnrollmentId, replacement.CodeAt(host.Now + Step * 4));
        host.Clock.Advance(Step * 4);
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }
}
