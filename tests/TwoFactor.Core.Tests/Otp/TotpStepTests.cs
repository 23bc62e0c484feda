using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E1")]
[Attack(26)]
public sealed class TotpStepTests
{
    private static readonly TotpParameters Default = TotpParameters.Default;

    [TestCase(0L, 0L)]
    [TestCase(29L, 0L)]
    [TestCase(30L, 1L)]
    [TestCase((1L << 31) - 30, 71_582_787L)]
    [TestCase((1L << 31) - 1, 71_582_788L)]
    [TestCase(1L << 31, 71_582_788L)]
    [TestCase((1L << 31) + 30, 71_582_789L)]
    [TestCase((1L << 32) + 30, 143_165_577L)]
    [TestCase(253_402_300_799L, 8_446_743_359L)]
    public void The_step_is_the_floor_of_seconds_by_period(long unixSeconds, long step) =>
        Assert.That(Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(unixSeconds), Default), Is.EqualTo(step));

    [Test]
    public void The_end_of_the_calendar_has_a_step()
    {
        Assert.That(Totp.StepAt(DateTimeOffset.MaxValue, Default), Is.EqualTo(8_446_743_359L));
        Assert.That(Totp.StepAt(DateTimeOffset.MaxValue, Default with { PeriodSeconds = 1 }), Is.EqualTo(253_402_300_799L));
    }

    [Test]
    public void A_time_2_to_the_40_seconds_after_the_epoch_is_beyond_the_calendar_but_its_step_has_a_code() =>
        Assert.That(Totp.Generate(RfcKey.Bytes, (1L << 40) / 30, Default), Is.EqualTo(Hotp.Generate(RfcKey.Bytes, (1L << 40) / 30)));

    [TestCase(-1L)]
    [TestCase(-30L)]
    [TestCase(-62_135_596_800L)]
    public void Times_before_the_epoch_are_refused(long unixSeconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        Assert.That(() => Totp.StepAt(time, Default),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("now"));
        Assert.That(Totp.TryGetStep(time, Default, out var step), Is.False);
        Assert.That(step, Is.Zero);
    }

    [Test]
    public void A_fraction_of_a_second_before_the_epoch_is_refused_and_not_rounded_up_to_it() =>
        Assert.That(Totp.TryGetStep(DateTimeOffset.UnixEpoch.AddTicks(-1), Default, out _), Is.False);

    [Test]
    public void Steps_count_from_T0()
    {
        var parameters = Default with { T0 = 100 };
        Assert.That(Totp.TryGetStep(DateTimeOffset.FromUnixTimeSeconds(99), parameters, out _), Is.False);
        Assert.That(Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(129), parameters), Is.Zero);
        Assert.That(Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(130), parameters), Is.EqualTo(1));
        Assert.That(Totp.StartOf(1, parameters), Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(130)));
    }

    [Test]
    public void The_largest_T0_does_not_wrap_for_any_time()
    {
        var parameters = Default with { T0 = long.MaxValue };
        Assert.That(Totp.TryGetStep(DateTimeOffset.MaxValue, parameters, out _), Is.False);
        Assert.That(Totp.TryGetStep(DateTimeOffset.MinValue, parameters, out _), Is.False);
    }

    [Test]
    public void The_offset_of_a_time_zone_changes_nothing()
    {
        var utc = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        Assert.That(Totp.StepAt(utc.ToOffset(TimeSpan.FromHours(14)), Default), Is.EqualTo(Totp.StepAt(utc, Default)));
    }

    [Test]
    public void A_step_starts_where_the_previous_one_ends([Values(1, 15, 30, 60, 86_400, int.MaxValue)] int period)
    {
        var parameters = Default with { PeriodSeconds = period };
        var start = Totp.StartOf(2, parameters);
        Assert.That(Totp.StepAt(start, parameters), Is.EqualTo(2));
        Assert.That(Totp.StepAt(start.AddTicks(-1), parameters), Is.EqualTo(1));
    }

    [TestCase(-1L)]
    [TestCase(8_446_743_360L)]
    [TestCase(long.MaxValue)]
    public void A_step_outside_the_calendar_has_no_start(long step) =>
        Assert.That(() => Totp.StartOf(step, Default),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("step"));

    [TestCase(0, 30_000)]
    [TestCase(1, 29_999)]
    [TestCase(29_999, 1)]
    [TestCase(30_000, 30_000)]
    [Feature("E5")]
    public void What_remains_is_more_than_nothing_and_at_most_the_period(int millisecondsIntoTheStep, int millisecondsLeft)
    {
        var now = Totp.StartOf(1_000, Default).AddMilliseconds(millisecondsIntoTheStep);
        Assert.That(Totp.RemainingAt(now, Default), Is.EqualTo(TimeSpan.FromMilliseconds(millisecondsLeft)));
    }

    [Test]
    public void The_last_moment_of_the_calendar_has_a_remainder() =>
        Assert.That(Totp.RemainingAt(DateTimeOffset.MaxValue, Default), Is.EqualTo(TimeSpan.FromTicks(1)));
}
