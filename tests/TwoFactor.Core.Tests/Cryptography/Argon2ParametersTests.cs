using NUnit.Framework;
using TwoFactor.Cryptography;

namespace TwoFactor.Tests.Cryptography;

public class Argon2ParametersTests
{
    [Test]
    public void The_default_is_19_MiB_two_passes_one_lane()
    {
        var parameters = Argon2Parameters.Default;

        Assert.That(
            (parameters.MemoryKiB, parameters.Iterations, parameters.Parallelism, parameters.TagLength, parameters.SaltLength),
            Is.EqualTo((19_456, 2, 1, 32, 16)));
    }

    [TestCase(8, 1, 1, 4, 8)]
    [TestCase(4_194_304, int.MaxValue, 524_288, 1024, 1024)]
    public void The_ends_of_every_range_are_allowed(int memory, int iterations, int lanes, int tag, int salt)
    {
        var parameters = new Argon2Parameters
        {
            MemoryKiB = memory, Iterations = iterations, Parallelism = lanes, TagLength = tag, SaltLength = salt,
        };

        Assert.That(parameters.IsConsistent, Is.True);
    }

    [TestCase(7)]
    [TestCase(4_194_305)]
    public void Memory_out_of_range_is_named(int value) =>
        AssertNamed(() => new Argon2Parameters { MemoryKiB = value }, nameof(Argon2Parameters.MemoryKiB));

    [TestCase(0)]
    [TestCase(-1)]
    public void Iterations_out_of_range_are_named(int value) =>
        AssertNamed(() => new Argon2Parameters { Iterations = value }, nameof(Argon2Parameters.Iterations));

    [TestCase(0)]
    [TestCase(524_289)]
    public void Parallelism_out_of_range_is_named(int value) =>
        AssertNamed(() => new Argon2Parameters { Parallelism = value }, nameof(Argon2Parameters.Parallelism));

    [TestCase(3)]
    [TestCase(1025)]
    public void Tag_length_out_of_range_is_named(int value) =>
        AssertNamed(() => new Argon2Parameters { TagLength = value }, nameof(Argon2Parameters.TagLength));

    [TestCase(7)]
    [TestCase(1025)]
    public void Salt_length_out_of_range_is_named(int value) =>
        AssertNamed(() => new Argon2Parameters { SaltLength = value }, nameof(Argon2Parameters.SaltLength));

    [TestCase(15, 2, false)]
    [TestCase(16, 2, true)]
    public void A_lane_needs_eight_blocks(int memory, int lanes, bool consistent) =>
        Assert.That(new Argon2Parameters { MemoryKiB = memory, Parallelism = lanes }.IsConsistent, Is.EqualTo(consistent));

    private static void AssertNamed(Func<Argon2Parameters> make, string name) =>
        Assert.That(make, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
}
