using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace TwoFactor.Otp.Vectorized;

/// <summary>Codes of HMAC-SHA-1 and HMAC-SHA-256 by vectors: as wide as the number of candidates asks for and the processor has.</summary>
internal readonly ref struct VectorizedCodes : ICandidateCodes
{
    private readonly OtpAlgorithm _algorithm;
    private readonly ref Secrets _secrets;

    /// <param name="algorithm">SHA-1 or SHA-256.</param>
    /// <param name="key">The key, of any length.</param>
    /// <param name="room"><see cref="RoomLength"/> bytes on the stack, whatever stands in them. Wiped by <see cref="Dispose"/>.</param>
    public VectorizedCodes(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, Span<byte> room)
    {
        _algorithm = algorithm;
        _secrets = ref LaneRoom.In<Secrets>(room);
        if (algorithm == OtpAlgorithm.Sha1) _secrets.Key.Set<Sha1Single>(algorithm, key, ref _secrets.Block);
        else _secrets.Key.Set<Sha256Single>(algorithm, key, ref _secrets.Block);
    }

    /// <summary>Bytes to work in.</summary>
    public static int RoomLength => LaneRoom.LengthFor<Secrets>();

    /// <inheritdoc/>
    public static int Batch => Vector512.IsHardwareAccelerated ? LaneHmac512.Counters
        : Vector256.IsHardwareAccelerated ? LaneHmac256.Counters
        : LaneHmac128.Counters;

    /// <summary>Whether this computes for the engine asked for; otherwise the platform does.</summary>
    public static bool Supports(HmacEngine engine, OtpAlgorithm algorithm) =>
        engine == HmacEngine.Vectorized && algorithm is OtpAlgorithm.Sha1 or OtpAlgorithm.Sha256 && VectorizedHmac.IsAvailable;

    /// <inheritdoc/>
    public void Fill(long first, int digits, scoped Span<int> values)
    {
        while (!values.IsEmpty)
        {
            int filled;
            if (values.Length > LaneHmac256.Counters && Vector512.IsHardwareAccelerated)
                Fill512(first, digits, values[..(filled = Math.Min(values.Length, LaneHmac512.Counters))]);
            else if (values.Length > LaneHmac128.Counters && Vector256.IsHardwareAccelerated)
                Fill256(first, digits, values[..(filled = Math.Min(values.Length, LaneHmac256.Counters))]);
            else
                Fill128(first, digits, values[..(filled = Math.Min(values.Length, LaneHmac128.Counters))]);
            values = values[filled..];
            first = unchecked(first + filled);
        }
    }

    public void Dispose() => Wipe(ref _secrets);

    private void Fill128(long first, int digits, scoped Span<int> values)
    {
        if (_algorithm == OtpAlgorithm.Sha1) LaneHmac128.Fill<Sha1Best128>(_secrets.Key, first, digits, values, ref _secrets.Work);
        else LaneHmac128.Fill<Sha256Lanes128>(_secrets.Key, first, digits, values, ref _secrets.Work);
    }

    [SkipLocalsInit]
    private void Fill256(long first, int digits, scoped Span<int> values)
    {
        ref var work = ref LaneRoom.In<LaneHmac256.Workspace>(stackalloc byte[LaneRoom.LengthFor<LaneHmac256.Workspace>()]);
        if (_algorithm == OtpAlgorithm.Sha1) LaneHmac256.Fill<Sha1Best256>(_secrets.Key, first, digits, values, ref work);
        else LaneHmac256.Fill<Sha256Lanes256>(_secrets.Key, first, digits, values, ref work);
        Wipe(ref work);
    }

    [SkipLocalsInit]
    private void Fill512(long first, int digits, scoped Span<int> values)
    {
        ref var work = ref LaneRoom.In<LaneHmac512.Workspace>(stackalloc byte[LaneRoom.LengthFor<LaneHmac512.Workspace>()]);
        if (_algorithm == OtpAlgorithm.Sha1) LaneHmac512.Fill<Sha1Lanes512>(_secrets.Key, first, digits, values, ref work);
        else LaneHmac512.Fill<Sha256Lanes512>(_secrets.Key, first, digits, values, ref work);
        Wipe(ref work);
    }

    private static void Wipe<T>(ref T secrets) where T : struct =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<T>(ref secrets)));

    /// <summary>The key and all that is computed from it, in one place to be wiped at once.</summary>
    private struct Secrets
    {
        public LaneHmac128.Workspace Work;

        public LaneBlock<uint> Block;

        public HmacKey Key;
    }

    /// <summary>Makes these for the self-test.</summary>
    internal readonly struct Factory : ICodesFactory
    {
        public static void Fill(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first, int digits, Span<int> values)
        {
            var codes = new VectorizedCodes(algorithm, key, stackalloc byte[RoomLength]);
            codes.Fill(first, digits, values);
            codes.Dispose();
        }
    }
}
