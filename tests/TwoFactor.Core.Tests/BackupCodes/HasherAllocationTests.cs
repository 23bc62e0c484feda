using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Testing;

namespace TwoFactor.Tests.BackupCodes;

[Feature("E6")]
public class HasherAllocationTests
{
    [Test]
    public async Task An_attempt_allocates_little_and_its_working_memory_is_not_the_collectors()
    {
        using var hasher = new BackupCodeHasher(BackupCodeHasherTests.Cheap, null, TimeProvider.System);
        var batch = (await hasher.GenerateAsync(default))!;
        var code = BackupCodeHasherTests.Parse(batch.Codes[0], out _);
        await hasher.VerifyAsync(batch.Hashes[0], code, default);
        var collections = GC.CollectionCount(2);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        const int attempts = 50;
        for (var i = 0; i < attempts; i++) await hasher.VerifyAsync(batch.Hashes[0], code, default);

        var perAttempt = (GC.GetTotalAllocatedBytes(precise: true) - before) / attempts;
        TestContext.Out.WriteLine($"{perAttempt} bytes an attempt");
        Assert.That(perAttempt, Is.LessThanOrEqualTo(2048), "twice the bar: test builds are not optimised");
        Assert.That(GC.CollectionCount(2), Is.EqualTo(collections));
    }
}
