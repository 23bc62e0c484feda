using NUnit.Framework;
using TwoFactor.Accounts;

namespace TwoFactor.Tests.Accounts;

public sealed class UtcTimeTests
{
    [Test]
    public void What_was_never_set_is_none() =>
        Assert.Multiple(() =>
        {
            Assert.That(default(UtcTime).Value, Is.Null);
            Assert.That(new UtcTime(null).Value, Is.Null);
            Assert.That(new UtcTime(null), Is.EqualTo(default(UtcTime)));
        });

    [Test]
    public void The_first_and_the_last_moment_there_are_come_back([Values(false, true)] bool last)
    {
        var time = last ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;
        Assert.That(new UtcTime(time).Value, Is.EqualTo(time));
        Assert.That(new UtcTime(time).Known, Is.EqualTo(time));
    }

    [Test]
    public void A_moment_of_another_time_zone_comes_back_in_UTC()
    {
        var time = new DateTimeOffset(2026, 7, 1, 1, 2, 3, TimeSpan.FromHours(5.5)).AddTicks(7);
        var read = new UtcTime(time).Value!.Value;
        Assert.That(read, Is.EqualTo(time));
        Assert.That(read.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(new UtcTime(time), Is.EqualTo(new UtcTime(time.ToUniversalTime())));
    }
}
