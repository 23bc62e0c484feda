using NUnit.Framework;
using TwoFactor.Lockout;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>What the policy lets somebody guess who knows the password.</summary>
[Feature("X7")]
public sealed class GuessProbabilityTests
{
    [Test]
    public void The_default_policy_allows_two_tenths_of_a_percent_a_year_at_one_step_each_way() =>
        Assert.That(Math.Round(GuessProbability.PerYear(LockoutPolicy.RestartSignIn, 6, 3), 3), Is.EqualTo(0.002));

    [Test]
    public void A_day_is_bounded_by_the_twenty_of_the_daily_cap() =>
        Assert.That(GuessProbability.PerDay(LockoutPolicy.RestartSignIn, 6, 3), Is.EqualTo(1 - Math.Pow(1 - 3e-6, 20)).Within(1e-12));

    [Test]
    public void More_digits_and_a_narrower_window_make_it_smaller()
    {
        var policy = LockoutPolicy.RestartSignIn;
        Assert.That(GuessProbability.PerYear(policy, 8, 3), Is.EqualTo(GuessProbability.PerYear(policy, 6, 3) / 100).Within(1).Percent);
        Assert.That(GuessProbability.PerYear(policy, 6, 1), Is.EqualTo(GuessProbability.PerYear(policy, 6, 3) / 3).Within(1).Percent);
    }

    [Test]
    public async Task No_guesser_gets_more_guesses_in_a_day_than_it_says([Values] LockoutPreset preset)
    {
        using var host = TestHost.Start(o => o.Lockout.Preset = preset);
        var ada = await host.EnrollAsync();
        var end = host.Now + TimeSpan.FromDays(1);
        var answered = 0;
        // The guesser stops before the lock, and the user's own sign-in clears the count.
        while (host.Now < end && await host.BeginSignInAsync(ada) is BeginSignInResult.ChallengeRequired { AttemptsLeft: > 1 })
        {
            for (var i = 0; i < 2; i++)
                if (await host.GuessAsync(ada) is CodeRefusal.Wrong or CodeRefusal.LockedOut) answered++;
            if (await host.BeginSignInAsync(ada) is BeginSignInResult.ChallengeRequired) await host.MustSignInAsync(ada);
        }

        var policy = preset == LockoutPreset.AdminUnlock ? LockoutPolicy.AdminUnlock : LockoutPolicy.RestartSignIn;
        Assert.That(answered, Is.GreaterThan(10).And.LessThanOrEqualTo(GuessProbability.GuessesIn(policy, TimeSpan.FromDays(1))));
    }

    [TestCase(5, 3), TestCase(9, 3), TestCase(6, 0), TestCase(6, 22)]
    public void Impossible_parameters_are_misuse(int digits, int steps) =>
        Assert.That(() => GuessProbability.PerYear(LockoutPolicy.RestartSignIn, digits, steps), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
