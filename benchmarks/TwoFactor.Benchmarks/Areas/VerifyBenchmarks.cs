using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Floors;
using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Otp;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>A wrong code against one step each way: no early exit can shorten it.</summary>
public class VerifyBenchmarks
{
    private readonly byte[] _key = Inputs.Key;
    private readonly TotpParameters _sha256 = new() { Algorithm = OtpAlgorithm.Sha256 };
    private readonly TotpWindow _eight = new(4, 3);
    private IdentityAuthenticator _identity = null!;

    [GlobalSetup]
    public void Setup() => _identity = new IdentityAuthenticator(Base32.Encode(_key));

    [GlobalCleanup]
    public void Cleanup() => _identity.Dispose();

    [Benchmark(Baseline = true)]
    public int Three_HMACSHA1_HashData() => PlatformHmac.Three();

    [Benchmark]
    public TotpOutcome Platform() => Totp.Verify(_key, Inputs.WrongCode, Inputs.Now, TotpParameters.Default, TotpWindow.Default).Outcome;

    [Benchmark]
    public TotpOutcome Vectorized() => Verify(TotpParameters.Default, TotpWindow.Default);

    [Benchmark]
    public TotpOutcome Vectorized_window_of_8() => Verify(TotpParameters.Default, _eight);

    [Benchmark]
    public TotpOutcome Vectorized_SHA256() => Verify(_sha256, TotpWindow.Default);

    [Benchmark]
    public Task<bool> AspNetCore_Identity() => _identity.VerifyAsync(Inputs.WrongCode);

    [Benchmark]
    public void OpenSSL_eight_compressions()
    {
        if (OpenSsl.IsPresent) OpenSsl.EightCompressions();
    }

    private TotpOutcome Verify(TotpParameters parameters, TotpWindow window) =>
        Totp.Verify(_key, Inputs.WrongCode, Inputs.Now, parameters, window, null, HmacEngine.Vectorized).Outcome;
}
