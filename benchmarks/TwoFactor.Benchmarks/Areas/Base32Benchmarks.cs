using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Otp;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>Base32 of a secret of 20 bytes; the baseline is the base library's Base64 of the same bytes, which looks symbols up.</summary>
public class Base32Benchmarks
{
    private readonly byte[] _bytes = Inputs.Key;
    private readonly char[] _text = Base32.Encode(Inputs.Key).ToCharArray();

    [Benchmark(Baseline = true)]
    public bool Convert_TryToBase64Chars() => Convert.TryToBase64Chars(_bytes, _text, out _);

    [Benchmark]
    public int Encode() => Base32.Encode(_bytes, _text);

    [Benchmark]
    public string Encode_to_a_string() => Base32.Encode(_bytes);

    [Benchmark]
    public bool Decode() => Base32.TryDecode(_text, _bytes, out _, out _);
}
