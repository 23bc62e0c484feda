using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

/// <summary>Counted on this thread after warming up: the figures of the performance table, not durations.</summary>
[TestFixture]
[Feature("E1")]
public sealed class AllocationTests
{
    private const int Times = 200;

    private static readonly DateTimeOffset Now = RfcKey.MiddleOf(1_000_000);

    [Test]
    public void A_verification_allocates_one_keyed_HMAC_whatever_the_window(
        [Values] OtpAlgorithm algorithm, [Values(0, 1, 10)] int steps, [Values("000000", "malformed")] string code)
    {
        var parameters = new TotpParameters { Algorithm = algorithm };
        var window = new TotpWindow(steps, steps);
        var bytes = BytesPerCall(() => Totp.Verify(RfcKey.Bytes, code, Now, parameters, window));
        Assert.That(bytes, Is.LessThanOrEqualTo(code == "malformed" ? 0 : 256));
    }

    [Test]
    public void Generating_into_a_span_allocates_nothing([Values] OtpAlgorithm algorithm)
    {
        var parameters = new TotpParameters { Algorithm = algorithm };
        var destination = new char[6];
        Assert.That(BytesPerCall(() => Totp.Generate(RfcKey.Bytes, 1, parameters, destination)), Is.Zero);
    }

    [Test]
    public void Base32_allocates_nothing_but_the_result()
    {
        var bytes = new byte[20];
        var text = new char[32];
        Assert.That(BytesPerCall(() => Base32.Encode(bytes, text)), Is.Zero);
        Assert.That(BytesPerCall(() => Base32.TryDecode(text, bytes, out _, out _)), Is.Zero);
        Assert.That(BytesPerCall(() => Base32.Encode(bytes)), Is.LessThanOrEqualTo(32 * sizeof(char) + 24));
    }

    private static long BytesPerCall(Action call)
    {
        for (var i = 0; i < Times; i++) call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++) call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
