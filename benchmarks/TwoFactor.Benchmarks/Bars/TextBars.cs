using TwoFactor.Benchmarks.Areas;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>Base32, the otpauth URI and opening a seed.</summary>
internal static class TextBars
{
    public static IEnumerable<Bar> Measure(Interleaved interleaved)
    {
        var base32 = new Base32Benchmarks();
        var encode = interleaved.Measure(() => base32.Convert_TryToBase64Chars(), () => base32.Encode());
        yield return Bar.AtMost("base32-encode-ns", encode.Nanoseconds[1], 60, "nanoseconds, not a ratio");
        yield return Bar.AtMost("base32-encode-bytes", Allocations.PerCall(() => base32.Encode()), 0);
        yield return Bar.AtMost("base32-decode-bytes", Allocations.PerCall(() => base32.Decode()), 0);

        var uri = new UriBenchmarks();
        var build = interleaved.Measure(() => uri.Uri_TryEscapeDataString_of_the_parts(), () => uri.Build());
        yield return Bar.AtMost("otpauth-uri", build.Ratios[1], 1.5, build.Note(1));
        // A string of n characters takes 22 bytes and two a character, rounded up to eight.
        yield return Bar.AtMost("otpauth-uri-bytes", Allocations.PerCall(() => uri.Build()), (22 + uri.Build().Length * sizeof(char) + 7) / 8 * 8);

        var unprotect = new UnprotectBenchmarks();
        unprotect.Setup();
        var open = interleaved.Measure(unprotect.Kept_AesGcm, () => unprotect.Unprotect());
        yield return Bar.AtMost("secret-unprotect", open.Ratios[1], 1.2, open.Note(1));
        yield return Bar.AtMost("secret-unprotect-bytes", Allocations.PerCall(() => unprotect.Unprotect()), 0);
        unprotect.Cleanup();
    }
}
