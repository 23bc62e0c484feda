using System.Security.Cryptography;
using NUnit.Framework;
using NUnit.Framework.Constraints;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>What callers see of the vectorised engine: the same answers, and nothing allocated.</summary>
[TestFixture]
[Feature("E1")]
[Category(NoIntrinsicsTests.Category)]
public sealed class VectorizedEngineTests
{
    private const HmacEngine Vectorized = HmacEngine.Vectorized;

    // RFC 4226, appendix D.
    private static readonly string[] Rfc4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];

    [Test]
    public void The_codes_of_RFC_4226_come_out([Range(0, 9)] int counter)
    {
        Assert.That(Hotp.Generate(RfcKey.Bytes, counter, engine: Vectorized), Is.EqualTo(Rfc4226[counter]));
        Assert.That(Hotp.Verify(RfcKey.Bytes, Rfc4226[counter], 0, lookAhead: 9, engine: Vectorized).MatchedCounter, Is.EqualTo(counter));
    }

    // RFC 6238, appendix B.
    [TestCase(59, OtpAlgorithm.Sha1, "94287082")]
    [TestCase(20000000000, OtpAlgorithm.Sha1, "65353130")]
    [TestCase(59, OtpAlgorithm.Sha256, "46119246")]
    [TestCase(20000000000, OtpAlgorithm.Sha256, "77737706")]
    [TestCase(59, OtpAlgorithm.Sha512, "90693936")]
    public void The_codes_of_RFC_6238_come_out(long unixSeconds, OtpAlgorithm algorithm, string code)
    {
        var length = algorithm switch { OtpAlgorithm.Sha1 => 20, OtpAlgorithm.Sha256 => 32, _ => 64 };
        var key = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1234567890", 7))[..length]);
        var parameters = new TotpParameters { Algorithm = algorithm, Digits = 8 };
        var now = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        Assert.That(Totp.Generate(key, Totp.StepAt(now, parameters), parameters, Vectorized), Is.EqualTo(code));
        Assert.That(Totp.Verify(key, code, now, parameters, TotpWindow.Default, null, Vectorized).IsValid, Is.True);
    }

    [Test]
    public void Both_engines_give_the_same_verdict_for_every_window_and_code(
        [Values] OtpAlgorithm algorithm, [Range(0, 10)] int past, [Values(0, 1, 10)] int future)
    {
        var key = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 201));
        var parameters = new TotpParameters { Algorithm = algorithm, Digits = 7 };
        var window = new TotpWindow(past, future);
        var now = RfcKey.MiddleOf(1_000_000);
        for (var offset = -12; offset <= 12; offset++)
        {
            var code = Totp.Generate(key, 1_000_000 + offset, parameters);
            foreach (var last in (long?[])[null, 999_999, 1_000_001])
            {
                Assert.That(
                    Totp.Verify(key, code, now, parameters, window, last, Vectorized),
                    Is.EqualTo(Totp.Verify(key, code, now, parameters, window, last)),
                    $"key {Convert.ToHexString(key)}, offset {offset}, last {last}");
            }
        }
    }

    [Test]
    public void A_code_of_two_steps_is_spent_for_both()
    {
        var result = Totp.Verify(
            RfcKey.Bytes, RfcKey.TwinCode, RfcKey.MiddleOf(RfcKey.TwinStep), TotpParameters.Default, TotpWindow.Default, null, Vectorized);
        Assert.That(result.MatchedStep, Is.EqualTo(RfcKey.TwinStep + 1));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(14)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(29)]
    [TestCase(30)]
    [TestCase(99)]
    public void Searching_and_resynchronising_cross_the_batches_as_the_platform_does(int distance)
    {
        var code = Hotp.Generate(RfcKey.Bytes, 1_000 + distance);
        var next = Hotp.Generate(RfcKey.Bytes, 1_001 + distance);
        Assert.That(Totp.FindMatchingStep(RfcKey.Bytes, code, 1_000, 1_099, TotpParameters.Default, Vectorized), Is.EqualTo(1_000 + distance));
        foreach (var engine in Enum.GetValues<HmacEngine>())
        {
            Assert.That(
                Hotp.Resynchronize(RfcKey.Bytes, code, next, 1_000, 99, engine: engine).NextCounter, Is.EqualTo(1_002 + distance), $"{engine}");
            Assert.That(Hotp.Resynchronize(RfcKey.Bytes, next, code, 1_000, 99, engine: engine).IsValid, Is.False, $"{engine}");
        }
    }

    [Test]
    public void The_last_counters_are_reached_and_none_wraps()
    {
        var code = Hotp.Generate(RfcKey.Bytes, long.MaxValue - 1);
        Assert.That(Hotp.Verify(RfcKey.Bytes, code, long.MaxValue - 1, 100, engine: Vectorized).NextCounter, Is.EqualTo(long.MaxValue));
        Assert.That(Hotp.Verify(RfcKey.Bytes, Rfc4226[0], long.MaxValue - 1, 100, engine: Vectorized).IsValid, Is.False);
    }

    [Test]
    public void Nothing_is_allocated_and_by_the_platform_that_answers_for_it_no_more_than_its_one_keyed_hash([Values(OtpAlgorithm.Sha1, OtpAlgorithm.Sha256)] OtpAlgorithm algorithm, [Values(0, 1, 10)] int steps)
    {
        var most = VectorizedHmac.IsAvailable ? 0 : 256;
        var (parameters, window, now) = (new TotpParameters { Algorithm = algorithm }, new TotpWindow(steps, steps), RfcKey.MiddleOf(1_000_000));
        var destination = new char[6];
        Assert.That(BytesPerCall(() => Totp.Verify(RfcKey.Bytes, "000000", now, parameters, window, null, Vectorized)), Is.LessThanOrEqualTo(most));
        Assert.That(BytesPerCall(() => Totp.Generate(RfcKey.Bytes, 5, parameters, destination, Vectorized)), Is.Zero);
    }

    [Test]
    public void An_engine_that_is_none_is_refused_by_name()
    {
        const HmacEngine none = (HmacEngine)2;
        Assert.That(() => Totp.Verify(RfcKey.Bytes, "123456", RfcKey.MiddleOf(1), TotpParameters.Default, default, null, none), Refused());
        Assert.That(() => Totp.FindMatchingStep(RfcKey.Bytes, "123456", 0, 1, TotpParameters.Default, none), Refused());
        Assert.That(() => Totp.Generate(RfcKey.Bytes, 1, TotpParameters.Default, none), Refused());
        Assert.That(() => Hotp.Verify(RfcKey.Bytes, "123456", 0, engine: none), Refused());
        Assert.That(() => Hotp.Resynchronize(RfcKey.Bytes, "123456", "123456", 0, 0, engine: none), Refused());
    }

    private static EqualStringConstraint Refused() =>
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("engine");

    private static long BytesPerCall(Action call)
    {
        for (var i = 0; i < 200; i++) call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++) call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 200;
    }
}
