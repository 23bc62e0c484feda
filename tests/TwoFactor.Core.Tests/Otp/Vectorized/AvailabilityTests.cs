using System.Runtime.Intrinsics;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Otp.Vectorized;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>When vectors compute and when the platform does.</summary>
[TestFixture]
[Feature("E1")]
[NonParallelizable]
[Category(NoIntrinsicsTests.Category)]
public sealed class AvailabilityTests
{
    [Test]
    public void It_is_available_exactly_where_the_processor_has_vectors() =>
        Assert.That(VectorizedHmac.IsAvailable, Is.EqualTo(Vector128.IsHardwareAccelerated));

    [Test]
    public void Without_hardware_intrinsics_there_are_no_vectors()
    {
        // Of use in the process that NoIntrinsicsTests starts.
        var turnedOff = Environment.GetEnvironmentVariable(NoIntrinsicsTests.Variable) == "0";
        Assert.That(turnedOff && Vector128.IsHardwareAccelerated, Is.False);
    }

    [Test]
    public void The_switch_turns_it_off()
    {
        AppContext.SetSwitch(VectorizedHmac.DisableSwitch, true);
        try
        {
            Assert.That(VectorizedHmac.Decide(), Is.False);
        }
        finally
        {
            AppContext.SetSwitch(VectorizedHmac.DisableSwitch, false);
        }

        Assert.That(VectorizedHmac.Decide(), Is.EqualTo(Vector128.IsHardwareAccelerated));
    }

    [Test]
    public void SHA_512_and_the_platform_engine_are_never_vectorised()
    {
        Assert.That(VectorizedCodes.Supports(HmacEngine.Vectorized, OtpAlgorithm.Sha512), Is.False);
        Assert.That(VectorizedCodes.Supports(HmacEngine.Platform, OtpAlgorithm.Sha1), Is.False);
        Assert.That(VectorizedCodes.Supports(HmacEngine.Platform, OtpAlgorithm.Sha256), Is.False);
    }

    [Test]
    public void The_self_test_passes_right_code_and_fails_code_that_is_wrong_in_one_place()
    {
        Assert.That(SelfTest.Passes<VectorizedCodes.Factory>(), Is.True);
        Assert.That(SelfTest.Passes<WrongInOneLane>(), Is.False);
        Assert.That(SelfTest.Passes<WrongForLongKeys>(), Is.False);
        Assert.That(SelfTest.Passes<WrongForSha256>(), Is.False);
    }

    private readonly struct WrongInOneLane : ICodesFactory
    {
        public static void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values)
        {
            VectorizedCodes.Factory.Fill(algorithm, key, first, digits, values);
            if (values.Length == 15) values[14] ^= 1;
        }
    }

    private readonly struct WrongForLongKeys : ICodesFactory
    {
        public static void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values) =>
            VectorizedCodes.Factory.Fill(algorithm, key.Length > 64 ? key[..64] : key, first, digits, values);
    }

    private readonly struct WrongForSha256 : ICodesFactory
    {
        public static void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values) =>
            VectorizedCodes.Factory.Fill(OtpAlgorithm.Sha1, key, first, digits, values);
    }
}
