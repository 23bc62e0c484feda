using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Otp;
using TwoFactor.Provisioning;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>An otpauth URI, beside the escaping of its parts alone: issuer twice, account, secret.</summary>
public class UriBenchmarks
{
    private readonly OtpSecret _secret = OtpSecret.FromBytes(Inputs.Key);
    private readonly string _base32 = Base32.Encode(Inputs.Key);
    private readonly char[] _buffer = new char[512];

    [Benchmark(Baseline = true)]
    public int Uri_TryEscapeDataString_of_the_parts() => Escape(Inputs.Issuer) + Escape(Inputs.Account) + Escape(_base32) + Escape(Inputs.Issuer);

    [Benchmark]
    public string Build() => OtpAuthUriBuilder.BuildTotp(Inputs.Issuer, Inputs.Account, _secret, TotpParameters.Default);

    private int Escape(string part)
    {
        Uri.TryEscapeDataString(part, _buffer, out var written);
        return written;
    }
}
