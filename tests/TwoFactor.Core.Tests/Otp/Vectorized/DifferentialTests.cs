using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>Every bit of the HMACs against the platform's, over random keys of 1 to 200 bytes and random counters.</summary>
[TestFixture]
[Feature("E1")]
public sealed class DifferentialTests
{
    private const int Inputs = 1_000_000;

    [Test]
    public void A_million_random_inputs_give_the_HMACs_of_the_platform([Values(OtpAlgorithm.Sha1, OtpAlgorithm.Sha256)] OtpAlgorithm algorithm)
    {
        for (var done = 0; done < Inputs;)
        {
            var key = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 201));
            var first = RandomCounter();
            foreach (var width in DigestsUnderTest.HardwareWidths) done += Compare(algorithm, width, lean: false, key, first);
        }
    }

    [Test]
    public void Every_kernel_agrees_on_any_machine(
        [Values(OtpAlgorithm.Sha1, OtpAlgorithm.Sha256)] OtpAlgorithm algorithm, [Values(128, 256, 512)] int width, [Values] bool lean)
    {
        for (var length = 1; length <= 200; length++)
            Assert.That(Compare(algorithm, width, lean, RandomNumberGenerator.GetBytes(length), RandomCounter()), Is.EqualTo(width / 32 - 1));
    }

    [TestCase(0)]
    [TestCase(uint.MaxValue - 1L)]
    [TestCase((5L << 32) - 3)]
    [TestCase(long.MaxValue - 15)]
    public void The_carry_into_the_upper_word_of_the_counter_is_kept(long first)
    {
        foreach (var width in (int[])[128, 256, 512])
        {
            Compare(OtpAlgorithm.Sha1, width, lean: false, RandomNumberGenerator.GetBytes(20), first);
            Compare(OtpAlgorithm.Sha256, width, lean: false, RandomNumberGenerator.GetBytes(32), first);
        }
    }

    /// <summary>Compares each lane and returns how many there were.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA-1 is what RFC 4226 is made of.")]
    private static int Compare(OtpAlgorithm algorithm, int width, bool lean, byte[] key, long first)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var digests = DigestsUnderTest.Compute(algorithm, width, lean, key, first);
        for (var lane = 0; lane < digests.Length; lane++)
        {
            BinaryPrimitives.WriteInt64BigEndian(message, first + lane);
            var length = algorithm == OtpAlgorithm.Sha1 ? HMACSHA1.HashData(key, message, expected) : HMACSHA256.HashData(key, message, expected);
            if (!expected[..length].SequenceEqual(digests[lane]))
                Assert.Fail($"{algorithm}, {width} bits, lean {lean}, key {Convert.ToHexString(key)}, counter {first} + {lane}");
        }

        return digests.Length;
    }

    /// <summary>Half of them anywhere, half of them within a vector of a carry between the words.</summary>
    private static long RandomCounter()
    {
        var any = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & (long.MaxValue >> 1);
        return RandomNumberGenerator.GetInt32(2) == 0 ? any : (any | uint.MaxValue) - RandomNumberGenerator.GetInt32(16);
    }
}
