using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;

namespace TwoFactor.Tests.BackupCodes;

public class BackupCodeSettingsTests
{
    [Test]
    public void The_defaults_are_as_documented_and_valid()
    {
        var settings = new BackupCodeSettings();

        Assert.That(settings.TryValidate(out _), Is.True);
        Assert.That(
            (settings.Count, settings.MaxConcurrentHashes, settings.QueueLimit, settings.QueueTimeout, settings.BatchParallelism),
            Is.EqualTo((10, Math.Min(Environment.ProcessorCount, 4), 64, TimeSpan.FromSeconds(2), 1)));
    }

    [Test]
    public void The_ends_of_every_range_are_allowed()
    {
        Assert.That(
            new BackupCodeSettings
            {
                Count = 1, MaxConcurrentHashes = 1, QueueLimit = 0, QueueTimeout = TimeSpan.Zero, BatchParallelism = 1,
            }.TryValidate(out _),
            Is.True);
        Assert.That(
            new BackupCodeSettings
            {
                Count = 32, MaxConcurrentHashes = 256, QueueLimit = 65_536, QueueTimeout = TimeSpan.FromMinutes(1), BatchParallelism = 32,
            }.TryValidate(out _),
            Is.True);
    }

    [Test]
    public void One_beyond_the_ends_is_named() => Assert.Multiple(() =>
    {
        Named(() => new() { Count = 0 }, "Count");
        Named(() => new() { Count = 33 }, "Count");
        Named(() => new() { MaxConcurrentHashes = 0 }, "MaxConcurrentHashes");
        Named(() => new() { MaxConcurrentHashes = 257 }, "MaxConcurrentHashes");
        Named(() => new() { QueueLimit = -1 }, "QueueLimit");
        Named(() => new() { QueueLimit = 65_537 }, "QueueLimit");
        Named(() => new() { QueueTimeout = TimeSpan.FromTicks(-1) }, "QueueTimeout");
        Named(() => new() { QueueTimeout = TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1) }, "QueueTimeout");
        Named(() => new() { BatchParallelism = 0 }, "BatchParallelism");
        Named(() => new() { BatchParallelism = 33 }, "BatchParallelism");
    });

    [Test]
    public void Relations_are_told_in_words()
    {
        var outside = new BackupCodeSettings { Parameters = new Argon2Parameters { MemoryKiB = 65_537 } };
        var cheap = new BackupCodeSettings
        {
            Parameters = new Argon2Parameters { MemoryKiB = 7167 }, Limits = new Argon2Limits { MinMemoryKiB = 8 },
        };
        var inconsistent = new BackupCodeSettings { Parameters = new Argon2Parameters { MemoryKiB = 8192, Parallelism = 1025 } };
        var unstorable = new BackupCodeSettings { Parameters = new Argon2Parameters { TagLength = 65 } };

        Assert.That(outside.TryValidate(out var problem), Is.False);
        Assert.That(problem, Does.Contain("m=65537").And.Contain("MaxMemoryKiB = 65536"));
        Assert.That(cheap.TryValidate(out problem), Is.False);
        Assert.That(problem, Does.Contain("at least 7168 KiB"));
        Assert.That(inconsistent.TryValidate(out problem), Is.False);
        Assert.That(problem, Does.Contain("8 KiB for each lane"));
        Assert.That(unstorable.TryValidate(out problem), Is.False);
        Assert.That(problem, Does.Contain("PHC string"));
    }

    private static void Named(Func<BackupCodeSettings> make, string name) =>
        Assert.That(make, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
}
