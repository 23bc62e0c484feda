using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Floors;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>Argon2id by the default parameters: 19 MiB, two passes, one lane.</summary>
public class Argon2idBenchmarks
{
    private readonly byte[] _password = new byte[16], _salt = new byte[16], _tag = new byte[32];

    [Benchmark(Baseline = true)]
    public void Libargon2_of_Debian()
    {
        if (LibArgon2.IsPresent) LibArgon2.Hash(_password, _salt, Argon2Parameters.Default, _tag);
    }

    [Benchmark]
    public void Argon2id_Hash() => Argon2id.Hash(_password, _salt, Argon2Parameters.Default, _tag);
}
