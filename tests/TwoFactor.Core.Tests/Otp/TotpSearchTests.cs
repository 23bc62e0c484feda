using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E2")]
public sealed class TotpSearchTests
{
    private static readonly TotpParameters Default = TotpParameters.Default;

    [Test]
    public void A_code_is_found_anywhere_in_the_range([Values(500L, 547L, 600L)] long step) =>
        Assert.That(Find(Totp.Generate(RfcKey.Bytes, step, Default), 500, 600), Is.EqualTo(step));

    [Test]
    public void A_code_outside_the_range_is_not_found([Values(499L, 601L)] long step) =>
        Assert.That(Find(Totp.Generate(RfcKey.Bytes, step, Default), 500, 600), Is.Null);

    [Test]
    public void The_newest_match_is_reported() =>
        Assert.That(Find(RfcKey.TwinCode, RfcKey.TwinStep - 5, RfcKey.TwinStep + 5), Is.EqualTo(RfcKey.TwinStep + 1));

    [Test]
    public void Steps_below_zero_are_skipped()
    {
        Assert.That(Find(Totp.Generate(RfcKey.Bytes, 0, Default), -100, 0), Is.Zero);
        Assert.That(Find("755224", long.MinValue, -1), Is.Null);
    }

    [Test]
    [Attack(26)]
    public void The_search_ends_at_the_largest_step() =>
        Assert.That(Find(Totp.Generate(RfcKey.Bytes, long.MaxValue, Default), long.MaxValue - 3, long.MaxValue), Is.EqualTo(long.MaxValue));

    [Test]
    public void A_malformed_code_is_not_found() => Assert.That(Find("12345x", 0, 10), Is.Null);

    [Test]
    public void The_range_is_bounded_and_ordered()
    {
        Assert.That(Find("000000", 1, Totp.MaxSearchedSteps), Is.Null);
        Assert.That(() => Find("000000", 0, Totp.MaxSearchedSteps),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("toStep"));
        Assert.That(() => Find("000000", 0, long.MaxValue), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Find("000000", 2, 1),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("toStep"));
    }

    private static long? Find(string code, long from, long to) => Totp.FindMatchingStep(RfcKey.Bytes, code, from, to, Default);
}
