using BenchmarkDotNet.Attributes;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>One attempt with a backup code, and the batch made at setup; the baseline is one hash.</summary>
public class BackupCodeBenchmarks
{
    private readonly byte[] _password = new byte[16], _salt = new byte[16], _tag = new byte[32];
    private readonly BackupCodeHasher _hasher = new(new BackupCodeSettings(), null, TimeProvider.System);
    private readonly BackupCodeHasher _onTwoCores = new(new BackupCodeSettings { BatchParallelism = 2 }, null, TimeProvider.System);
    private readonly char[] _code = new char[16];
    private string _stored = "";

    [GlobalSetup]
    public async Task Setup()
    {
        var batch = await _hasher.GenerateAsync(CancellationToken.None) ?? throw new InvalidOperationException("The gate is busy.");
        _stored = batch.Hashes[0];
        if (!BackupCodeFormat.TryParse(batch.Codes[0], _code, out _, out _)) throw new InvalidOperationException("The code is malformed.");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _hasher.Dispose();
        _onTwoCores.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void One_Argon2id() => Argon2id.Hash(_password, _salt, Argon2Parameters.Default, _tag);

    [Benchmark]
    public async Task<BackupCodeOutcome> Attempt() => (await _hasher.VerifyAsync(_stored, _code, CancellationToken.None)).Outcome;

    [Benchmark]
    public async Task<int> Ten_codes_at_setup() => (await _hasher.GenerateAsync(CancellationToken.None))?.Codes.Length ?? 0;

    [Benchmark]
    public async Task<int> Ten_codes_on_two_cores() => (await _onTwoCores.GenerateAsync(CancellationToken.None))?.Codes.Length ?? 0;
}
