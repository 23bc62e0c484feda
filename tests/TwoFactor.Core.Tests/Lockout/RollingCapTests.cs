using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>20 wrong codes in 24 hours and 60 in 30 days, whatever comes between them.</summary>
public sealed class RollingCapTests
{
    [Test]
    [Attack(13), Attack(16)]
    public async Task Twenty_wrong_codes_in_a_day_lock_although_right_ones_came_between_them()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var first = host.Now;
        for (var i = 0; i < 19; i++)
        {
            Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>(), $"guess {i + 1}");
            await host.MustSignInAsync(ada);
        }

        var l = (await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock;
        Assert.That((l.Reason, l.Release, l.Until), Is.EqualTo((LockReason.RollingCap, LockRelease.AtTime, (DateTimeOffset?)(first + TimeSpan.FromHours(24)))));
    }

    [Test]
    public async Task It_releases_when_the_oldest_failure_is_a_day_old_and_leaves_one_attempt_for_each_that_ages()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var failures = new List<DateTimeOffset>();
        for (var i = 0; i < 20; i++)
        {
            failures.Add(host.Now);
            await host.GuessAsync(ada);
            if (i < 19) await host.MustSignInAsync(ada);
        }

        for (var i = 0; i < 3; i++)
        {
            host.Clock.SetTo(failures[i] + TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
            Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>(), $"before the release of failure {i + 1}");
            host.Clock.SetTo(failures[i] + TimeSpan.FromHours(24));
            var begun = (await host.BeginSignInAsync(ada)).As<BeginSignInResult.ChallengeRequired>();
            Assert.That(begun.AttemptsLeft, Is.EqualTo(1));
            var again = (await host.EnterAsync(begun.Challenge, ada.App.WrongCodeAt(host.Now))).Refusal().As<CodeRefusal.LockedOut>().Lock;
            Assert.That(again.Until, Is.EqualTo(failures[i + 1] + TimeSpan.FromHours(24)));
        }
    }

    [Test]
    public async Task A_right_code_after_the_release_signs_in_and_does_not_clear_the_cap()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 19; i++)
        {
            await host.GuessAsync(ada);
            await host.MustSignInAsync(ada);
        }

        host.Clock.SetTo((await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock.Until!.Value);
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That((await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock.Reason, Is.EqualTo(LockReason.RollingCap));
    }

    [Test]
    [Attack(16)]
    public async Task Sixty_wrong_codes_in_thirty_days_lock_until_the_oldest_is_thirty_days_old()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var first = host.Now;
        for (var i = 0; i < 59; i++)
        {
            Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>(), $"guess {i + 1}");
            await host.MustSignInAsync(ada);
            host.Clock.Advance(TimeSpan.FromHours(2));
        }

        var l = (await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock;
        Assert.That((l.Reason, l.Until), Is.EqualTo((LockReason.RollingCap, (DateTimeOffset?)(first + TimeSpan.FromDays(30)))));
    }

    [Test]
    public async Task Failures_of_a_day_ago_do_not_count_for_the_day()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 19; i++)
            {
                Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>(), $"day {day}, guess {i + 1}");
                await host.MustSignInAsync(ada);
            }

            host.Clock.Advance(TimeSpan.FromHours(24));
        }
    }

    [Test]
    public async Task A_failure_counts_to_the_last_tick_of_its_day_and_no_longer([Values] bool within)
    {
        using var host = TestHost.Start(o => o.Lockout.FailuresPerDay = 2);
        var ada = await host.EnrollAsync();
        var first = host.Now;
        await host.GuessAsync(ada);
        host.Clock.SetTo(first + TimeSpan.FromHours(24) - (within ? TimeSpan.FromTicks(1) : TimeSpan.Zero));
        Assert.That(await host.GuessAsync(ada), within ? Is.TypeOf<CodeRefusal.LockedOut>() : Is.TypeOf<CodeRefusal.Wrong>());
    }

    [Test]
    public async Task An_administrator_ends_the_lock_but_not_the_cap()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 19; i++)
        {
            await host.GuessAsync(ada);
            await host.MustSignInAsync(ada);
        }

        Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.LockedOut>());
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        Assert.That((await host.BeginSignInAsync(ada)).As<BeginSignInResult.ChallengeRequired>().AttemptsLeft, Is.EqualTo(1));
        Assert.That((await host.GuessAsync(ada)).As<CodeRefusal.LockedOut>().Lock.Reason, Is.EqualTo(LockReason.RollingCap));
    }

    [Test]
    public async Task A_cap_can_be_turned_off_while_the_other_bounds_guesses()
    {
        using var host = TestHost.Start(o => o.Lockout.FailuresPerDay = 0);
        var ada = await host.EnrollAsync();
        for (var i = 0; i < 30; i++)
        {
            Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
            await host.MustSignInAsync(ada);
        }
    }
}
