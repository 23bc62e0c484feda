using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E5")]
public sealed class HotpTests
{
    private const int MaxLookAhead = Hotp.MaxLookAhead;

    [Test]
    public void Looking_ahead_finds_codes_within_reach_and_none_before([Values(0, 1, 5, MaxLookAhead)] int lookAhead, [Values(-1, 0, 1, 5, 6, 100, 101)] int distance)
    {
        var result = Hotp.Verify(RfcKey.Bytes, CodeOf(1_000 + distance), counter: 1_000, lookAhead);
        var reached = distance >= 0 && distance <= lookAhead;

        Assert.That(result.Outcome, Is.EqualTo(reached ? HotpOutcome.Valid : HotpOutcome.Mismatch));
        Assert.That(result.NextCounter, Is.EqualTo(reached ? 1_000 + distance + 1 : 1_000), "a failure leaves the counter where it was");
        Assert.That(result.MatchedCounter, Is.EqualTo(reached ? 1_000 + distance : null));
    }

    [Test]
    public void A_code_works_once_even_when_two_counters_in_reach_have_it()
    {
        var first = Hotp.Verify(RfcKey.Bytes, RfcKey.TwinCode, RfcKey.TwinStep - 1, lookAhead: 5);
        Assert.That(first.NextCounter, Is.EqualTo(RfcKey.TwinStep + 2));
        Assert.That(Hotp.Verify(RfcKey.Bytes, RfcKey.TwinCode, first.NextCounter, lookAhead: 5).IsValid, Is.False);
    }

    [Test]
    public void Two_codes_in_a_row_resynchronise([Values(0, 1, 7, 500, 501)] int distance)
    {
        var counter = 1_000 + distance;
        var result = Hotp.Resynchronize(RfcKey.Bytes, CodeOf(counter), CodeOf(counter + 1), 1_000, lookAhead: 500);

        Assert.That(result.IsValid, Is.EqualTo(distance <= 500));
        Assert.That(result.NextCounter, Is.EqualTo(distance <= 500 ? counter + 2 : 1_000));
    }

    [TestCase(1_003, 1_003, TestName = "{m}(the same code twice)")]
    [TestCase(1_004, 1_003, TestName = "{m}(in the wrong order)")]
    [TestCase(1_003, 1_005, TestName = "{m}(with a gap)")]
    [TestCase(999, 1_000, TestName = "{m}(from behind)")]
    public void Two_codes_that_are_not_in_a_row_ahead_do_not_resynchronise(long first, long second)
    {
        var result = Hotp.Resynchronize(RfcKey.Bytes, CodeOf(first), CodeOf(second), 1_000, lookAhead: 100);
        Assert.That(result, Is.EqualTo(Hotp.Verify(RfcKey.Bytes, CodeOf(5_000), 1_000)), "a mismatch that keeps the counter");
        Assert.That(result.Outcome, Is.EqualTo(HotpOutcome.Mismatch));
    }

    [Test]
    public void Resynchronising_with_a_malformed_code_says_so([Values("", "x", "１２３４５６")] string malformed)
    {
        Assert.That(Hotp.Resynchronize(RfcKey.Bytes, malformed, CodeOf(1), 0, 10).Outcome, Is.EqualTo(HotpOutcome.Malformed));
        Assert.That(Hotp.Resynchronize(RfcKey.Bytes, CodeOf(0), malformed, 0, 10).Outcome, Is.EqualTo(HotpOutcome.Malformed));
    }

    [Test]
    [Attack(26)]
    public void The_last_counters_do_not_wrap()
    {
        var code = CodeOf(long.MaxValue - 1);
        Assert.That(Hotp.Verify(RfcKey.Bytes, code, long.MaxValue - 1, MaxLookAhead).NextCounter, Is.EqualTo(long.MaxValue));
        Assert.That(Hotp.Verify(RfcKey.Bytes, CodeOf(0), long.MaxValue - 1, MaxLookAhead).IsValid, Is.False, "nothing wraps to 0");
        Assert.That(Hotp.Verify(RfcKey.Bytes, CodeOf(long.MaxValue), long.MaxValue - 1, MaxLookAhead).Outcome, Is.EqualTo(HotpOutcome.Mismatch),
            "the counter after the last one could not be stored");
        Assert.That(() => Hotp.Verify(RfcKey.Bytes, code, long.MaxValue), Throws.InstanceOf<ArgumentOutOfRangeException>());

        var result = Hotp.Resynchronize(RfcKey.Bytes, CodeOf(long.MaxValue - 2), code, long.MaxValue - 2, lookAhead: 10);
        Assert.That(result.NextCounter, Is.EqualTo(long.MaxValue));
        Assert.That(() => Hotp.Resynchronize(RfcKey.Bytes, code, code, long.MaxValue - 1, 10),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Misuse_names_the_parameter()
    {
        AssertMisuse("key", () => Hotp.Generate([], 0));
        AssertMisuse("counter", () => Hotp.Generate(RfcKey.Bytes, -1));
        AssertMisuse("digits", () => Hotp.Generate(RfcKey.Bytes, 0, digits: 9));
        AssertMisuse("algorithm", () => Hotp.Generate(RfcKey.Bytes, 0, 6, (OtpAlgorithm)7));
        AssertMisuse("destination", () => Hotp.Generate(RfcKey.Bytes, 0, 6, OtpAlgorithm.Sha1, new char[5]));
        AssertMisuse("lookAhead", () => Hotp.Verify(RfcKey.Bytes, "123456", 0, lookAhead: -1));
        AssertMisuse("lookAhead", () => Hotp.Verify(RfcKey.Bytes, "123456", 0, MaxLookAhead + 1));
        AssertMisuse("lookAhead", () => Hotp.Resynchronize(RfcKey.Bytes, "123456", "123456", 0, Hotp.MaxResynchronizationLookAhead + 1));
        AssertMisuse("step", () => Totp.Generate(RfcKey.Bytes, -1, TotpParameters.Default));
        AssertMisuse("destination", () => Totp.Generate(RfcKey.Bytes, 1, TotpParameters.Default, new char[5]));
    }

    [Test]
    public void An_uninitialised_result_is_a_failure() => Assert.That(default(HotpVerification).IsValid, Is.False);

    [Test]
    public void Exactly_the_digits_are_written_into_a_longer_span()
    {
        Span<char> destination = stackalloc char[8];
        destination.Fill('x');
        Assert.That(Hotp.Generate(RfcKey.Bytes, 0, 6, OtpAlgorithm.Sha1, destination), Is.EqualTo(6));
        Assert.That(destination.ToString(), Is.EqualTo("755224xx"));
    }

    private static void AssertMisuse(string parameter, Action call) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter));

    private static string CodeOf(long counter) => Hotp.Generate(RfcKey.Bytes, counter);
}
