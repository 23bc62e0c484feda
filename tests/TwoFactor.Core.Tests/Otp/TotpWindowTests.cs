using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E2")]
public sealed class TotpWindowTests
{
    [Test]
    public void The_default_is_one_step_each_way() => Assert.That((TotpWindow.Default.Past, TotpWindow.Default.Future), Is.EqualTo((1, 1)));

    [Test]
    public void An_uninitialised_window_is_the_narrowest() => Assert.That(default(TotpWindow), Is.EqualTo(new TotpWindow(0, 0)));

    [TestCase(-1, 0, "past")]
    [TestCase(11, 0, "past")]
    [TestCase(0, -1, "future")]
    [TestCase(0, 11, "future")]
    public void A_window_reaches_0_to_10_steps(int past, int future, string parameter) =>
        Assert.That(() => new TotpWindow(past, future),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(parameter));

    [Test]
    public void Ten_steps_are_allowed() => Assert.That(new TotpWindow(10, 10).Past, Is.EqualTo(10));
}
