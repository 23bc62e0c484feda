using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E1")]
public sealed class TotpParametersTests
{
    [Test]
    public void The_defaults_are_what_every_app_honours() =>
        Assert.That(TotpParameters.Default,
            Is.EqualTo(new TotpParameters { Algorithm = OtpAlgorithm.Sha1, Digits = 6, PeriodSeconds = 30, T0 = 0 }));

    [TestCase(5, false)]
    [TestCase(6, true)]
    [TestCase(8, true)]
    [TestCase(9, false)]
    public void Digits_are_6_to_8(int digits, bool allowed) =>
        AssertRange(nameof(TotpParameters.Digits), allowed, () => new TotpParameters { Digits = digits });

    [TestCase(int.MinValue, false)]
    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(int.MaxValue, true)]
    public void A_period_is_at_least_a_second(int seconds, bool allowed) =>
        AssertRange(nameof(TotpParameters.PeriodSeconds), allowed, () => new TotpParameters { PeriodSeconds = seconds });

    [TestCase(-1L, false)]
    [TestCase(0L, true)]
    [TestCase(long.MaxValue, true)]
    public void T0_is_not_negative(long t0, bool allowed) => AssertRange(nameof(TotpParameters.T0), allowed, () => new TotpParameters { T0 = t0 });

    [TestCase(-1, false)]
    [TestCase(2, true)]
    [TestCase(3, false)]
    public void The_algorithm_is_one_of_three(int value, bool allowed) =>
        AssertRange(nameof(TotpParameters.Algorithm), allowed, () => TotpParameters.Default with { Algorithm = (OtpAlgorithm)value });

    private static void AssertRange(string property, bool allowed, Func<TotpParameters> make)
    {
        if (allowed) Assert.That(make(), Is.Not.Null);
        else Assert.That(make, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(property));
    }
}
