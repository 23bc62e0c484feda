using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Floors;
using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>Opening a stored seed.</summary>
public class UnprotectBenchmarks
{
    private const int AssociatedLength = 32;

    private readonly byte[] _associated = new byte[AssociatedLength], _plain = new byte[64];
    private readonly SecretKeyRing _ring = new("k1", [("k1", SecretKeyRing.GenerateKey())]);
    private readonly KeptAesGcm _kept = new(Inputs.Key.Length, AssociatedLength + 4);
    private AesGcmSecretProtector _protector = null!;
    private byte[] _envelope = [];

    [GlobalSetup]
    public void Setup()
    {
        _protector = new AesGcmSecretProtector(_ring);
        _envelope = _protector.Protect(Inputs.Key, _associated);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _protector.Dispose();
        _ring.Dispose();
        _kept.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Kept_AesGcm() => _kept.Decrypt();

    [Benchmark]
    public UnprotectOutcome Unprotect() => _protector.Unprotect(_envelope, _associated, _plain, out _);
}
