using System.Security.Cryptography;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

/// <summary>An independent implementation (OATH Toolkit) agrees over random parameters. Each failure prints its tuple.</summary>
[TestFixture]
[Feature("E1")]
public sealed class OathtoolTests
{
    /// <summary>The last second of the year 9999.</summary>
    private const long LastSecond = 253_402_300_799;

    [Test]
    public void Five_hundred_random_tuples_of_TOTP_agree()
    {
        ExternalTool.Require("oathtool");
        for (var i = 0; i < 500; i++)
        {
            var key = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 201));
            var parameters = new TotpParameters
            {
                Algorithm = (OtpAlgorithm)(i % 3),
                Digits = 6 + RandomNumberGenerator.GetInt32(3),
                PeriodSeconds = RandomNumberGenerator.GetInt32(1, 601),
                T0 = i % 4 == 0 ? RandomNumberGenerator.GetInt32(1_000_000) : 0,
            };
            var seconds = parameters.T0 + (i % 2 == 0 ? RandomNumberGenerator.GetInt32(int.MaxValue) : RandomLong(LastSecond - 1_000_000));
            var tuple = $"{parameters} at {seconds}, key {Convert.ToHexString(key)}";
            var now = DateTimeOffset.FromUnixTimeSeconds(seconds);

            var expected = Oathtool(
                $"--totp={parameters.Algorithm.ToString().ToUpperInvariant()}", $"--digits={parameters.Digits}",
                $"--time-step-size={parameters.PeriodSeconds}s", $"--start-time=@{parameters.T0}", $"--now=@{seconds}", Convert.ToHexString(key))[0];

            Assert.That(Totp.Generate(key, Totp.StepAt(now, parameters), parameters), Is.EqualTo(expected), tuple);
            Assert.That(Totp.Verify(key, expected, now, parameters, default).IsValid, Is.True, tuple);
        }
    }

    [Test]
    public void Random_runs_of_HOTP_counters_agree()
    {
        ExternalTool.Require("oathtool");
        for (var i = 0; i < 20; i++)
        {
            var key = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 100));
            var counter = RandomLong(long.MaxValue - 100);
            var digits = 6 + i % 3;
            var expected = Oathtool("--hotp", $"--counter={counter}", "--window=24", $"--digits={digits}", Convert.ToHexString(key));

            var actual = Enumerable.Range(0, 25).Select(ahead => Hotp.Generate(key, counter + ahead, digits)).ToArray();
            Assert.That(actual, Is.EqualTo(expected), $"counter {counter}, {digits} digits, key {Convert.ToHexString(key)}");
        }
    }

    private static string[] Oathtool(params string[] arguments) =>
        ExternalTool.Run("oathtool", arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static long RandomLong(long below) =>
        (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) % (ulong)below);
}
