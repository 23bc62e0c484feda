using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Floors;
using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Otp;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>One code into a span.</summary>
public class GenerateBenchmarks
{
    private readonly byte[] _key = Inputs.Key;
    private readonly char[] _code = new char[6];

    [Benchmark(Baseline = true)]
    public int One_HMACSHA1_HashData() => PlatformHmac.One();

    [Benchmark]
    public int Platform() => Totp.Generate(_key, Inputs.Step, TotpParameters.Default, _code);

    [Benchmark]
    public int Vectorized() => Totp.Generate(_key, Inputs.Step, TotpParameters.Default, _code, HmacEngine.Vectorized);
}
