using TwoFactor.Benchmarks.Floors;
using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Otp;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>Verifying and generating codes, by both engines.</summary>
internal static class OtpBars
{
    private const HmacEngine Vectorized = HmacEngine.Vectorized;

    private static readonly byte[] Key = Inputs.Key;
    private static readonly char[] Code = new char[6];
    private static readonly TotpParameters Parameters = TotpParameters.Default;
    private static readonly TotpWindow EightSteps = new(4, 3);

    public static IEnumerable<Bar> Measure(Interleaved interleaved)
    {
        var verify = interleaved.Measure(
            () => PlatformHmac.Three(), VerifyByPlatform, () => VerifyByVectors(TotpWindow.Default), OpenSslOrNothing);
        yield return Bar.AtMost("totp-verify-platform", verify.Ratios[1], 0.75, verify.Note(1));
        yield return Bar.AtMost("totp-verify-platform-bytes", Allocations.PerCall(VerifyByPlatform), 256);
        if (OpenSsl.IsPresent) Console.WriteLine($"floor 8 compressions by OpenSSL: {verify.Ratios[3]:0.000} of three HMACSHA1.HashData");

        var generate = interleaved.Measure(() => PlatformHmac.One(), GenerateByPlatform, GenerateByVectors);
        yield return Bar.AtMost("totp-generate-platform", generate.Ratios[1], 1.1, generate.Note(1));
        yield return Bar.AtMost("totp-generate-platform-bytes", Allocations.PerCall(GenerateByPlatform), 0);
        foreach (var bar in Vectors(interleaved, verify, generate)) yield return bar;
    }

    private static IEnumerable<Bar> Vectors(Interleaved interleaved, Timings verify, Timings generate)
    {
        if (!VectorizedHmac.IsAvailable)
        {
            const string why = "this processor has no vectors";
            yield return Bar.Unmeasured("totp-verify-vectorized", 0.08, reach: false, why);
            yield return Bar.Unmeasured("totp-window-8-to-3-vectorized", 2, reach: false, why);
            yield return Bar.Unmeasured("totp-generate-vectorized", 0.35, reach: false, why);
            yield break;
        }

        yield return Bar.AtMost("totp-verify-vectorized", verify.Ratios[2], 0.08, verify.Note(2));
        yield return Bar.AtMost("totp-verify-vectorized-bytes", Allocations.PerCall(() => VerifyByVectors(TotpWindow.Default)), 0);
        var windows = interleaved.Measure(() => VerifyByVectors(TotpWindow.Default), () => VerifyByVectors(EightSteps));
        yield return Bar.AtMost("totp-window-8-to-3-vectorized", windows.Ratios[1], 2, windows.Note(1));
        yield return Bar.AtMost("totp-generate-vectorized", generate.Ratios[2], 0.35, generate.Note(2));
        yield return Bar.AtMost("totp-generate-vectorized-bytes", Allocations.PerCall(GenerateByVectors), 0);
    }

    private static void VerifyByPlatform() => Totp.Verify(Key, Inputs.WrongCode, Inputs.Now, Parameters, TotpWindow.Default);

    private static void VerifyByVectors(TotpWindow window) => Totp.Verify(Key, Inputs.WrongCode, Inputs.Now, Parameters, window, null, Vectorized);

    private static void GenerateByPlatform() => Totp.Generate(Key, Inputs.Step, Parameters, Code);

    private static void GenerateByVectors() => Totp.Generate(Key, Inputs.Step, Parameters, Code, Vectorized);

    private static void OpenSslOrNothing()
    {
        if (OpenSsl.IsPresent) OpenSsl.EightCompressions();
    }
}
