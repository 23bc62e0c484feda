using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>Fifty wrong codes in a row disable the factor until a reset.</summary>
public sealed class HardLimitTests
{
    [Test]
    [Attack(16)]
    public async Task The_fiftieth_wrong_code_in_a_row_disables_the_factor_whatever_time_and_administrators_did()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var l = await GuessAsync(host, ada, 50);
        Assert.That((l!.Reason, l.Release, l.Until), Is.EqualTo((LockReason.HardLimit, LockRelease.ByReset, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task Neither_time_nor_an_unlock_nor_a_restart_brings_it_back_but_a_reset_does()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await GuessAsync(host, ada, 50);
        host.Clock.Advance(TimeSpan.FromDays(1000));
        using var restarted = host.Restart();
        Assert.That((await restarted.BeginSignInAsync(ada)).As<BeginSignInResult.LockedOut>().Lock.Release, Is.EqualTo(LockRelease.ByReset));
        Assert.That(await host.Administration.UnlockAsync(Administrators.Root, ada.Id), Is.TypeOf<AdministrationResult.NeedsReset>());
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>());
        Assert.That(await host.Administration.ResetAsync(Administrators.Root, ada.Id, "guessing", "video call"), Is.TypeOf<AdministrationResult.Done>());
        var again = await host.EnrollAsync();
        Assert.That(await host.SignInAsync(again), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task Forty_nine_and_then_a_right_one_start_the_count_anew()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var last = await GuessAsync(host, ada, 49);
        Assert.That(last?.Reason, Is.Not.EqualTo(LockReason.HardLimit));
        host.Clock.Advance(TimeSpan.FromDays(31));
        await host.MustSignInAsync(ada);
        Assert.That((await GuessAsync(host, ada, 49))?.Reason, Is.Not.EqualTo(LockReason.HardLimit));
        Assert.That((await GuessAsync(host, ada, 1))?.Reason, Is.EqualTo(LockReason.HardLimit));
    }

    [Test]
    public async Task The_limit_counts_down_in_the_attempts_left()
    {
        using var host = TestHost.Start(o => (o.Lockout.HardLimit, o.Lockout.CodeFailures) = (2, 2));
        var ada = await host.EnrollAsync();
        Assert.That((await host.BeginSignInAsync(ada)).As<BeginSignInResult.ChallengeRequired>().AttemptsLeft, Is.EqualTo(2));
    }

    /// <summary>Gives wrong codes, waiting out every lock, and returns the lock that the last one caused.</summary>
    private static async Task<AccountLock?> GuessAsync(TestHost host, Person person, int count)
    {
        AccountLock? last = null;
        for (var i = 0; i < count; i++)
        {
            if (last?.Until is { } until) host.Clock.SetTo(until);
            var refusal = await host.GuessAsync(person);
            Assert.That(refusal, Is.Not.Null, $"guess {i + 1}");
            last = (refusal as CodeRefusal.LockedOut)?.Lock;
        }

        return last;
    }
}
