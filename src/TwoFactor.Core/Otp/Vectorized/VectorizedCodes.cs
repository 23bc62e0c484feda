using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace TwoFactor.Otp.Vectorized;

/// <summary>Codes of HMAC-SHA-1 and HMAC-SHA-256 by vectors: as wide as the number of candidates asks for and the processor has.</summary>
internal ref struct VectorizedCodes : ICandidateCodes
{
    private readonly OtpAlgorithm _algorithm;
    private Secrets _secrets;

    public VectorizedCodes(OtpAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        _algorithm = algorithm;
        Unsafe.SkipInit(out _secrets);
        _secrets.Key.Set(algorithm, key);
        if (algorithm == OtpAlgorithm.Sha1) _secrets.Pads.SetKey<Sha1Best128>(_secrets.Key, ref _secrets.Work.Block);
        else _secrets.Pads.SetKey<Sha256Lanes128>(_secrets.Key, ref _secrets.Work.Block);
    }

    /// <summary>Whether this computes for the engine asked for; otherwise the platform does.</summary>
    public static bool Supports(HmacEngine engine, OtpAlgorithm algorithm) =>
        engine == HmacEngine.Vectorized && algorithm is OtpAlgorithm.Sha1 or OtpAlgorithm.Sha256 && VectorizedHmac.IsAvailable;

    /// <inheritdoc/>
    public void Fill(long first, int digits, scoped Span<int> values)
    {
        while (!values.IsEmpty)
        {
            int filled;
            if (values.Length > Vector256<uint>.Count && Vector512.IsHardwareAccelerated)
                Fill512(first, digits, values[..(filled = Math.Min(values.Length, Vector512<uint>.Count))]);
            else if (values.Length > Vector128<uint>.Count && Vector256.IsHardwareAccelerated)
                Fill256(first, digits, values[..(filled = Math.Min(values.Length, Vector256<uint>.Count))]);
            else
                Fill128(first, digits, values[..(filled = Math.Min(values.Length, Vector128<uint>.Count))]);
            values = values[filled..];
            first = unchecked(first + filled);
        }
    }

    public void Dispose() => Wipe(ref _secrets);

    private void Fill128(long first, int digits, scoped Span<int> values)
    {
        if (_algorithm == OtpAlgorithm.Sha1) LaneHmac128.Fill<Sha1Best128>(_secrets.Pads, first, digits, values, ref _secrets.Work);
        else LaneHmac128.Fill<Sha256Lanes128>(_secrets.Pads, first, digits, values, ref _secrets.Work);
    }

    [SkipLocalsInit]
    private readonly void Fill256(long first, int digits, scoped Span<int> values)
    {
        Unsafe.SkipInit(out LaneHmac256.Workspace work);
        if (_algorithm == OtpAlgorithm.Sha1) LaneHmac256.Fill<Sha1Best256>(_secrets.Pads, first, digits, values, ref work);
        else LaneHmac256.Fill<Sha256Lanes256>(_secrets.Pads, first, digits, values, ref work);
        Wipe(ref work);
    }

    [SkipLocalsInit]
    private readonly void Fill512(long first, int digits, scoped Span<int> values)
    {
        Unsafe.SkipInit(out LaneHmac512.Workspace work);
        if (_algorithm == OtpAlgorithm.Sha1) LaneHmac512.Fill<Sha1Lanes512>(_secrets.Pads, first, digits, values, ref work);
        else LaneHmac512.Fill<Sha256Lanes512>(_secrets.Pads, first, digits, values, ref work);
        Wipe(ref work);
    }

    private static void Wipe<T>(ref T secrets) where T : struct =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<T>(ref secrets)));

    /// <summary>The key and all that is computed from it, in one place to be wiped at once.</summary>
    private struct Secrets
    {
        public KeyBlock Key;

        public PadStates Pads;

        public LaneHmac128.Workspace Work;
    }

    /// <summary>Makes these for the self-test.</summary>
    internal readonly struct Factory : ICodesFactory
    {
        public static void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values)
        {
            var codes = new VectorizedCodes(algorithm, key);
            codes.Fill(first, digits, values);
            codes.Dispose();
        }
    }
}
