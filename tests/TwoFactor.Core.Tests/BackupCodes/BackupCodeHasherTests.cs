using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.Tests.BackupCodes;

[Feature("E6")]
public class BackupCodeHasherTests
{
    internal static readonly BackupCodeSettings Cheap = new()
    {
        Count = 4,
        Parameters = new Argon2Parameters { MemoryKiB = 7168, Iterations = 1 },
    };

    private BackupCodeHasher _hasher = null!;
    private BackupCodeBatch _batch = null!;

    [OneTimeSetUp]
    public async Task MakeBatch()
    {
        _hasher = new BackupCodeHasher(Cheap, null, TimeProvider.System);
        _batch = (await _hasher.GenerateAsync(default))!;
    }

    [OneTimeTearDown]
    public void Dispose() => _hasher.Dispose();

    [Test]
    [Feature("A7")]
    public async Task Each_code_of_a_batch_matches_the_hash_of_its_slot_and_no_other()
    {
        for (var slot = 0; slot < 4; slot++)
        {
            var canonical = Parse(_batch.Codes[slot], out var named);
            Assert.That(named, Is.EqualTo(slot));
            for (var other = 0; other < 4; other++)
            {
                var result = await _hasher.VerifyAsync(_batch.Hashes[other], canonical, default);
                Assert.That(result.IsMatch, Is.EqualTo(other == slot), $"code {slot}, hash {other}");
            }
        }
    }

    [Test]
    public void Codes_and_hashes_are_distinct_and_hashes_carry_the_parameters()
    {
        Assert.That(_batch.Codes.Concat(_batch.Hashes).Distinct().Count(), Is.EqualTo(8));
        Assert.That(_batch.Hashes, Has.All.StartsWith("$argon2id$v=19$m=7168,t=1,p=1$"));
        Assert.That(_batch.Codes, Has.All.Match("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$"));
    }

    [Test]
    [Attack(36)]
    public async Task Wrong_unknown_and_spent_codes_cost_one_hash_each_and_are_told_apart_by_nothing()
    {
        var right = Parse(_batch.Codes[0], out _);
        var wrong = Parse("0000000000000000", out _);
        using var counter = new HashCounter();

        Assert.That((await _hasher.VerifyAsync(_batch.Hashes[0], wrong, default)).Outcome, Is.EqualTo(BackupCodeOutcome.Mismatch));
        Assert.That(counter.Count, Is.EqualTo(1), "wrong");
        Assert.That((await _hasher.VerifyAsync(null, right, default)).Outcome, Is.EqualTo(BackupCodeOutcome.Mismatch));
        Assert.That(counter.Count, Is.EqualTo(2), "spent or unknown");
        Assert.That((await _hasher.VerifyAsync(_batch.Hashes[0], right, default)).Outcome, Is.EqualTo(BackupCodeOutcome.Match));
        Assert.That(counter.Count, Is.EqualTo(3), "right");
    }

    [Test]
    [Attack(30)]
    public async Task A_stored_hash_that_demands_four_gigabytes_is_refused_before_any_memory_is_taken()
    {
        var hostile = _batch.Hashes[0].Replace("m=7168", "m=4194304", StringComparison.Ordinal);
        Assert.That(PhcString.TryParse(hostile, out _, out _), Is.True);
        using var counter = new HashCounter();

        var result = await _hasher.VerifyAsync(hostile, Parse(_batch.Codes[0], out _), default);

        Assert.That((result.Outcome, counter.Count), Is.EqualTo((BackupCodeOutcome.InvalidHash, 0L)));
    }

    [TestCase("m=7168", "m=7167")]
    [TestCase("t=1", "t=17")]
    [TestCase("p=1", "p=17")]
    [TestCase("$argon2id", "argon2id")]
    public async Task A_stored_hash_outside_the_limits_or_malformed_is_invalid(string from, string to)
    {
        var hash = _batch.Hashes[0].Replace(from, to, StringComparison.Ordinal);
        using var counter = new HashCounter();

        var result = await _hasher.VerifyAsync(hash, Parse(_batch.Codes[0], out _), default);

        Assert.That((result.Outcome, counter.Count), Is.EqualTo((BackupCodeOutcome.InvalidHash, 0L)));
    }

    [Test]
    public async Task A_hash_made_with_other_parameters_within_the_limits_still_verifies()
    {
        using var other = new BackupCodeHasher(
            Cheap with { Parameters = Cheap.Parameters with { Iterations = 2, Parallelism = 2 } }, null, TimeProvider.System);

        var result = await other.VerifyAsync(_batch.Hashes[1], Parse(_batch.Codes[1], out _), default);

        Assert.That(result.IsMatch, Is.True);
    }

    [Test]
    public async Task A_batch_hashed_side_by_side_is_as_good()
    {
        using var hasher = new BackupCodeHasher(
            Cheap with { BatchParallelism = 4, MaxConcurrentHashes = 3 }, null, TimeProvider.System);
        var batch = await hasher.GenerateAsync(default);

        Assert.That(batch!.Codes, Has.Length.EqualTo(4));
        for (var slot = 0; slot < 4; slot++)
        {
            var code = Parse(batch.Codes[slot], out var named);
            Assert.That(named, Is.EqualTo(slot));
            Assert.That((await hasher.VerifyAsync(batch.Hashes[slot], code, default)).IsMatch, Is.True);
        }
    }

    [Test]
    public async Task A_batch_costs_one_hash_a_code()
    {
        using var counter = new HashCounter();
        await _hasher.GenerateAsync(default);

        Assert.That(counter.Count, Is.EqualTo(4));
    }

    [Test]
    [Attack(29)]
    public async Task While_the_gate_is_taken_there_is_no_batch_and_no_verification()
    {
        var settings = Cheap with
        {
            Count = 32, MaxConcurrentHashes = 1, QueueLimit = 0, Parameters = new Argon2Parameters { MemoryKiB = 65_536, Iterations = 16 },
        };
        using var hasher = new BackupCodeHasher(settings, null, TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var endless = hasher.GenerateAsync(cancel.Token).AsTask();

        Assert.That(await hasher.GenerateAsync(default), Is.Null);
        var result = await hasher.VerifyAsync(_batch.Hashes[0], Parse(_batch.Codes[0], out _), default);
        Assert.That(result.Outcome, Is.EqualTo(BackupCodeOutcome.Busy));

        await cancel.CancelAsync();
        Assert.That(async () => await endless, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_disposed_hasher_says_so()
    {
        var hasher = new BackupCodeHasher(Cheap, null, TimeProvider.System);
        hasher.Dispose();

        Assert.That(async () => await hasher.GenerateAsync(default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(
            async () => await hasher.VerifyAsync(null, Parse("0000000000000000", out _), default),
            Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    [Attack(35)]
    public void ToString_of_a_batch_shows_neither_codes_nor_hashes()
    {
        var text = _batch.ToString();

        foreach (var secret in _batch.Codes.Concat(_batch.Hashes)) Assert.That(text, Does.Not.Contain(secret));
        Assert.That(text, Is.EqualTo("BackupCodeBatch: 4 codes"));
    }

    [Test]
    public void The_default_of_a_result_is_failure() => Assert.That(default(BackupCodeVerification).IsMatch, Is.False);

    [Test]
    public void A_cancelled_call_throws_and_gives_its_turn_back()
    {
        using var hasher = new BackupCodeHasher(Cheap with { MaxConcurrentHashes = 1, QueueLimit = 0 }, null, TimeProvider.System);
        var cancelled = new CancellationToken(canceled: true);
        var code = Parse(_batch.Codes[0], out _);

        Assert.That(
            async () => await hasher.VerifyAsync(_batch.Hashes[0], code, cancelled),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await hasher.GenerateAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => (await hasher.VerifyAsync(_batch.Hashes[0], code, default)).IsMatch, Is.True);
    }

    [Test]
    public void Misuse_is_named() => Assert.Multiple(() =>
    {
        var time = TimeProvider.System;
        Assert.That(
            async () => await _hasher.VerifyAsync(null, "0000-0000-0000-0000".AsMemory(), default),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("canonicalCode"));
        Assert.That(
            () => new BackupCodeHasher(null!, null, time),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("settings"));
        Assert.That(
            () => new BackupCodeHasher(Cheap, null, null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("time"));
        Assert.That(
            () => new BackupCodeHasher(Cheap with { Parameters = new Argon2Parameters { MemoryKiB = 64 } }, null, time),
            Throws.ArgumentException.With.Message.Contains("at least 7168 KiB").And.Property("ParamName").EqualTo("settings"));
    });

    internal static char[] Parse(string text, out int slot)
    {
        var canonical = new char[16];
        Assert.That(BackupCodeFormat.TryParse(text, canonical, out slot, out var error), Is.True, () => error.ToString());
        return canonical;
    }
}
