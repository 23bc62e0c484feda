using BenchmarkDotNet.Attributes;
using Google.Authenticator;
using OtpNet;
using TwoFactor.Benchmarks.Floors;
using TwoFactor.Benchmarks.Scenarios;

namespace TwoFactor.Benchmarks.Peers;

/// <summary>Other packages at the work of <see cref="Areas.VerifyBenchmarks"/>. Built with the property Peers=true only.</summary>
public class PeerVerifyBenchmarks
{
    private readonly byte[] _key = Inputs.Key;

    [Benchmark(Baseline = true)]
    public int Three_HMACSHA1_HashData() => PlatformHmac.Three();

    [Benchmark]
    public bool Otp_NET() => new Totp(_key).VerifyTotp(Inputs.Now.UtcDateTime, Inputs.WrongCode, out _, new VerificationWindow(1, 1));

    [Benchmark]
    public bool GoogleAuthenticator() => new TwoFactorAuthenticator().ValidateTwoFactorPIN(_key, Inputs.WrongCode, TimeSpan.FromSeconds(30));
}
