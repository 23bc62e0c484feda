using BenchmarkDotNet.Attributes;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Peers;

/// <summary>Konscious at the work of <see cref="Areas.Argon2idBenchmarks"/>. Built with the property Peers=true only.</summary>
public class PeerArgon2idBenchmarks
{
    private readonly byte[] _password = new byte[16], _salt = new byte[16], _tag = new byte[32];

    [Benchmark(Baseline = true)]
    public void Argon2id_Hash() => Argon2id.Hash(_password, _salt, Argon2Parameters.Default, _tag);

    [Benchmark]
    public byte[] Konscious()
    {
        using var argon2 = new global::Konscious.Security.Cryptography.Argon2id(_password)
        {
            Salt = _salt,
            MemorySize = Argon2Parameters.Default.MemoryKiB,
            Iterations = Argon2Parameters.Default.Iterations,
            DegreeOfParallelism = Argon2Parameters.Default.Parallelism,
        };
        return argon2.GetBytes(_tag.Length);
    }
}
