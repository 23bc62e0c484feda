using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>"A clock that moved back yields a typed outcome, never a replay, and never shortens a lock."</summary>
[Attack(25)]
public sealed class ClockMovedBackTests
{
    [Test]
    public async Task Used_codes_stay_used_and_the_answer_says_what_is_wrong([Values(30, 60, 90, 300, 3600, 86400)] int seconds)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromDays(2));
        var used = ada.App.CodeAt(host.Now);
        await host.EnterAsync(await host.PassPasswordAsync(ada), used);
        host.Clock.Advance(TimeSpan.FromSeconds(-seconds));
        foreach (var code in new[] { used, ada.App.CodeAt(host.Now), ada.App.CodeAt(host.Now.AddSeconds(-30)) })
        {
            var refusal = (await host.EnterAsync(await host.PassPasswordAsync(ada), code)).Refusal();
            // Within the window a code can still be judged; beyond it none can.
            Assert.That(refusal, seconds <= 30 ? Is.TypeOf<CodeRefusal.Replayed>() : Is.TypeOf<CodeRefusal.ClockMovedBack>());
        }

        Assert.That((await host.StoredAsync(ada.Id)).Attempts.RoundFailures, Is.Zero, "not the user's fault");
    }

    [Test]
    public async Task Once_the_clock_is_right_again_codes_work()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromHours(-1));
        Assert.That((await host.SignInAsync(ada)).Refusal(), Is.TypeOf<CodeRefusal.ClockMovedBack>());
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_lock_is_not_shortened([Values] bool byPasswords)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        AccountLock? l = null;
        if (byPasswords) while (l is null) l = (await host.SignIn.ReportPasswordFailureAsync(ada.Id) as PasswordFailureResult.LockedOut)?.Lock;
        else l = await host.GuessUntilLockedAsync(ada);
        host.Clock.Advance(TimeSpan.FromHours(-5));
        Assert.That((await host.BeginSignInAsync(ada)).As<BeginSignInResult.LockedOut>().Lock, Is.EqualTo(l));
        host.Clock.SetTo(l.Until!.Value - TimeSpan.FromTicks(1));
        Assert.That((await host.BeginSignInAsync(ada)).As<BeginSignInResult.LockedOut>().Lock, Is.EqualTo(l));
    }

    [Test]
    public async Task Failures_that_lie_in_the_future_still_count_for_the_caps()
    {
        using var host = TestHost.Start(o => o.Lockout.FailuresPerDay = 4);
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromDays(3));
        for (var i = 0; i < 3; i++) await host.GuessAsync(ada);
        host.Clock.Advance(TimeSpan.FromDays(-2));
        var l = (await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock;
        Assert.That((l.Reason, l.Until > host.Now + TimeSpan.FromDays(0.99)), Is.EqualTo((LockReason.RollingCap, true)));
    }

    [Test]
    public async Task A_time_before_1970_is_a_typed_answer_too()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.SetTo(new DateTimeOffset(1969, 12, 31, 0, 0, 0, TimeSpan.Zero));
        var challenge = await host.PassPasswordAsync(ada);
        Assert.That((await host.EnterAsync(challenge, "123456")).Refusal(), Is.TypeOf<CodeRefusal.ClockMovedBack>());
        Assert.That((await host.EnterBackupCodeAsync(challenge, ada.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.ClockMovedBack>());
    }
}
