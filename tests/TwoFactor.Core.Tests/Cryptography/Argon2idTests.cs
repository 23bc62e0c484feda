using NUnit.Framework;
using TwoFactor.Cryptography;

namespace TwoFactor.Tests.Cryptography;

public class Argon2idTests
{
    private static readonly Argon2Parameters s_small = new() { MemoryKiB = 64, Iterations = 1 };

    [Test]
    public void Every_input_changes_the_tag()
    {
        var tags = new HashSet<string>
        {
            Hash("password"u8, s_small),
            Hash("passwore"u8, s_small),
            Hash("password"u8, s_small, salt: 1),
            Hash("password"u8, s_small, secret: [1]),
            Hash("password"u8, s_small, associatedData: [1]),
            Hash("password"u8, s_small with { Iterations = 2 }),
            Hash("password"u8, s_small with { MemoryKiB = 65 }),
            Hash("password"u8, s_small with { Parallelism = 2 }),
        };

        Assert.That(tags, Has.Count.EqualTo(8));
    }

    [Test]
    public void A_salt_of_another_length_than_the_parameters_say_is_misuse() =>
        Assert.That(
            () => Argon2id.Hash("p"u8, new byte[15], s_small, new byte[32]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("salt"));

    [Test]
    public void A_tag_of_another_length_than_the_parameters_say_is_misuse() =>
        Assert.That(
            () => Argon2id.Hash("p"u8, new byte[16], s_small, new byte[31]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("tag"));

    [Test]
    public void Less_memory_than_eight_blocks_a_lane_is_misuse() =>
        Assert.That(
            () => Argon2id.Hash("p"u8, new byte[16], s_small with { Parallelism = 9 }, new byte[32]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("parameters"));

    [Test]
    public void A_cancelled_hash_leaves_no_tag()
    {
        using var cancelled = new CancellationTokenSource();
        var tag = new byte[32];
        tag.AsSpan().Fill(7);

        // Thousands of slices, more than a minute: it ends only because it is cancelled.
        var endless = s_small with { MemoryKiB = 65_536, Iterations = 5000 };
        var hash = Task.Run(() => Argon2id.Hash("p"u8, new byte[16], endless, tag, ct: cancelled.Token));
        cancelled.Cancel();

        Assert.That(async () => await hash, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(tag, Is.All.Zero);
    }

    private static string Hash(
        ReadOnlySpan<byte> password, Argon2Parameters parameters, byte salt = 0, byte[]? secret = null, byte[]? associatedData = null)
    {
        var tag = new byte[parameters.TagLength];
        var salts = new byte[parameters.SaltLength];
        salts[0] = salt;
        Argon2id.Hash(password, salts, parameters, tag, secret, associatedData);
        return Convert.ToHexStringLower(tag);
    }
}
