using System.Runtime.Intrinsics;

namespace TwoFactor.Otp.Vectorized;

/// <summary>Codes of HMAC-SHA-1 and HMAC-SHA-256 by vectors: as wide as the number of candidates asks for and the processor has.</summary>
internal ref struct VectorizedCodes : ICandidateCodes
{
    private readonly OtpAlgorithm _algorithm;
    private PadStates _pads;

    public VectorizedCodes(OtpAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        _algorithm = algorithm;
        if (algorithm == OtpAlgorithm.Sha1) _pads.SetKey<Sha1Best128>(algorithm, key);
        else _pads.SetKey<Sha256Lanes128>(algorithm, key);
    }

    /// <summary>Whether this computes for the engine asked for; otherwise the platform does.</summary>
    public static bool Supports(HmacEngine engine, OtpAlgorithm algorithm) =>
        engine == HmacEngine.Vectorized && algorithm is OtpAlgorithm.Sha1 or OtpAlgorithm.Sha256 && VectorizedHmac.IsAvailable;

    /// <inheritdoc/>
    public readonly void Fill(long first, int digits, scoped Span<int> values)
    {
        while (!values.IsEmpty)
        {
            var filled = Math.Min(values.Length, WidthFor(values.Length));
            if (_algorithm == OtpAlgorithm.Sha1) FillSha1(first, digits, values[..filled]);
            else FillSha256(first, digits, values[..filled]);
            values = values[filled..];
            first = unchecked(first + filled);
        }
    }

    public void Dispose() => _pads.Wipe();

    /// <summary>Lanes of the narrowest vectors that hold all the candidates, or of the widest there are.</summary>
    private static int WidthFor(int candidates)
    {
        if (candidates > Vector256<uint>.Count && Vector512.IsHardwareAccelerated) return Vector512<uint>.Count;
        return candidates > Vector128<uint>.Count && Vector256.IsHardwareAccelerated ? Vector256<uint>.Count : Vector128<uint>.Count;
    }

    private readonly void FillSha1(long first, int digits, scoped Span<int> values)
    {
        if (values.Length > Vector256<uint>.Count) LaneHmac512.Fill<Sha1Lanes512>(_pads, first, digits, values);
        else if (values.Length > Vector128<uint>.Count) LaneHmac256.Fill<Sha1Best256>(_pads, first, digits, values);
        else LaneHmac128.Fill<Sha1Best128>(_pads, first, digits, values);
    }

    private readonly void FillSha256(long first, int digits, scoped Span<int> values)
    {
        if (values.Length > Vector256<uint>.Count) LaneHmac512.Fill<Sha256Lanes512>(_pads, first, digits, values);
        else if (values.Length > Vector128<uint>.Count) LaneHmac256.Fill<Sha256Lanes256>(_pads, first, digits, values);
        else LaneHmac128.Fill<Sha256Lanes128>(_pads, first, digits, values);
    }

    /// <summary>Makes these for the self-test.</summary>
    internal readonly struct Factory : ICodesFactory
    {
        public static void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values)
        {
            using var codes = new VectorizedCodes(algorithm, key);
            codes.Fill(first, digits, values);
        }
    }
}
