using System.Globalization;
using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Testing;

namespace TwoFactor.Tests.BackupCodes;

[Attack(29)]
[Platform("Linux", Reason = "Reads and resets the kernel's own record of the peak working set.")]
public class MemoryExhaustionTests
{
    [Test]
    public async Task A_thousand_parallel_attempts_stay_within_the_gate_and_the_overflow_is_told_busy()
    {
        const int turns = 2;
        var settings = new BackupCodeSettings { MaxConcurrentHashes = turns, QueueLimit = 30, QueueTimeout = TimeSpan.FromMinutes(1) };
        using var hasher = new BackupCodeHasher(settings, null, TimeProvider.System);
        var code = BackupCodeHasherTests.Parse("0000000000000000", out _);
        using var counter = new HashCounter();
        GC.Collect();
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        var before = Status("VmRSS");

        var attempts = Enumerable.Range(0, 1000).Select(_ => Task.Run(async () => await hasher.VerifyAsync(null, code, default)));
        var results = await Task.WhenAll(attempts);

        var peakMiB = (Status("VmHWM") - before) / 1024.0;
        var busy = results.Count(result => result.Outcome == BackupCodeOutcome.Busy);
        TestContext.Out.WriteLine($"peak +{peakMiB:F1} MiB, {busy} busy, {counter.Count} hashed");
        Assert.That(peakMiB, Is.LessThanOrEqualTo((turns * 19) + 64));
        Assert.That(busy, Is.GreaterThan(0).And.EqualTo(1000 - counter.Count));
        Assert.That(results.Count(result => result.Outcome == BackupCodeOutcome.Mismatch), Is.EqualTo(1000 - busy));
    }

    private static long Status(string field) => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(field + ":", StringComparison.Ordinal))
            .Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture);
}
