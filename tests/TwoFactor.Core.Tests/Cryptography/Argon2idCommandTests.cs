using System.Globalization;
using System.Text;
using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Cryptography;

/// <summary>Agreement with the reference implementation, through its <c>argon2</c> command.</summary>
[Feature("E6")]
public class Argon2idCommandTests
{
    [Test]
    public void Random_parameters_agree_with_the_argon2_command()
    {
        ExternalTool.Require("argon2");
        const int seed = 9106;
        var random = new TestRandom(seed);
        for (var i = 0; i < 220; i++)
        {
            var lanes = random.Next(1, 6);
            var parameters = new Argon2Parameters
            {
                Parallelism = lanes,
                MemoryKiB = random.Next(8 * lanes, i % 20 == 0 ? 3000 : 400),
                Iterations = random.Next(1, 4),
                TagLength = random.Next(4, 160),
                SaltLength = random.Next(8, 40),
            };
            var salt = random.Text(parameters.SaltLength);
            var password = random.Text(random.Next(1, 120));
            var expected = Run(password, salt, parameters, "-r").Trim();
            foreach (var kernel in KernelRunner.Supported)
            {
                var tag = KernelRunner.Hash(kernel, Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), parameters);
                Assert.That(
                    Convert.ToHexStringLower(tag),
                    Is.EqualTo(expected),
                    () => $"seed {seed}, case {i}, {kernel}: {parameters}, '{password}', '{salt}'");
            }
        }
    }

    // Large enough that lanes go side by side.
    [TestCase(4, 8192, 3)]
    [TestCase(3, 5000, 2)]
    public void Lanes_side_by_side_agree_with_the_argon2_command(int lanes, int memory, int iterations)
    {
        var parameters = new Argon2Parameters { Parallelism = lanes, MemoryKiB = memory, Iterations = iterations, SaltLength = 11 };
        var expected = Run("password", "elevenbytes", parameters, "-r").Trim();
        foreach (var kernel in KernelRunner.Supported)
        {
            var tag = KernelRunner.Hash(kernel, "password"u8, "elevenbytes"u8, parameters);
            Assert.That(Convert.ToHexStringLower(tag), Is.EqualTo(expected), kernel.ToString);
        }
    }

    [Test]
    public void A_string_that_the_argon2_command_encoded_is_read_written_and_verified()
    {
        var parameters = new Argon2Parameters { MemoryKiB = 64, Iterations = 2, Parallelism = 2, TagLength = 24, SaltLength = 11 };
        var encoded = Run("password", "elevenbytes", parameters, "-e").Trim();

        Assert.That(PhcString.TryParse(encoded, out var phc, out var error), Is.True, () => error.ToString());
        var tag = new byte[24];
        Argon2id.Hash("password"u8, phc!.Salt, phc.Parameters, tag);

        Assert.That(phc.Format(), Is.EqualTo(encoded));
        Assert.That(phc.Parameters, Is.EqualTo(parameters));
        Assert.That(tag, Is.EqualTo(phc.Hash.ToArray()));
    }

    private static string Run(string password, string salt, Argon2Parameters parameters, string form) => ExternalTool.Run(
        "argon2",
        [
            salt, "-id", "-v", "13", form, "-t", Text(parameters.Iterations), "-k", Text(parameters.MemoryKiB),
            "-p", Text(parameters.Parallelism), "-l", Text(parameters.TagLength),
        ],
        password);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
