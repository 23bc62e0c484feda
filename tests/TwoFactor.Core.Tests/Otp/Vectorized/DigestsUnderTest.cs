using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TwoFactor.Otp;
using TwoFactor.Otp.Vectorized;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>Whole HMACs of consecutive counters by one named kernel, so that each can be forced on any machine.</summary>
internal static class DigestsUnderTest
{
    /// <summary>The widths that this processor computes in hardware. The others are correct as well, but slow.</summary>
    public static int[] HardwareWidths { get; } =
        [128, .. Vector256.IsHardwareAccelerated ? [256] : (int[])[], .. Vector512.IsHardwareAccelerated ? [512] : (int[])[]];

    /// <summary>Big-endian digests, one after the other: as many as the width has lanes, without the one of the key.</summary>
    public static byte[][] Compute(
        OtpAlgorithm algorithm, int width, bool lean, ReadOnlySpan<byte> key, long first) => (algorithm, width, lean) switch
    {
        (OtpAlgorithm.Sha1, 128, false) => Compute128<Sha1Lanes128>(algorithm, key, first),
        (OtpAlgorithm.Sha1, 128, true) => Compute128<Sha1Lean128>(algorithm, key, first),
        (OtpAlgorithm.Sha1, 256, false) => Compute256<Sha1Lanes256>(algorithm, key, first),
        (OtpAlgorithm.Sha1, 256, true) => Compute256<Sha1Lean256>(algorithm, key, first),
        (OtpAlgorithm.Sha1, 512, _) => Compute512<Sha1Lanes512>(algorithm, key, first),
        (OtpAlgorithm.Sha256, 128, _) => Compute128<Sha256Lanes128>(algorithm, key, first),
        (OtpAlgorithm.Sha256, 256, _) => Compute256<Sha256Lanes256>(algorithm, key, first),
        (OtpAlgorithm.Sha256, 512, _) => Compute512<Sha256Lanes512>(algorithm, key, first),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "No such kernel."),
    };

    private static HmacKey Key(OtpAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        LaneBlock<uint> room = default;
        HmacKey keyed = default;
        if (algorithm == OtpAlgorithm.Sha1) keyed.Set<Sha1Single>(algorithm, key, ref room);
        else keyed.Set<Sha256Single>(algorithm, key, ref room);
        return keyed;
    }

    private static byte[][] Compute128<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first) where THash : ILaneHash<Vector128<uint>>
    {
        LaneHmac128.Workspace work = default;
        LaneHmac128.Compute<THash>(Key(algorithm, key), first, ref work);
        return Split(MemoryMarshal.Cast<Vector128<uint>, uint>((Span<Vector128<uint>>)work.Digests), 4, THash.InitialState.Length);
    }

    private static byte[][] Compute256<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first) where THash : ILaneHash<Vector256<uint>>
    {
        LaneHmac256.Workspace work = default;
        LaneHmac256.Compute<THash>(Key(algorithm, key), first, ref work);
        return Split(MemoryMarshal.Cast<Vector256<uint>, uint>((Span<Vector256<uint>>)work.Digests), 8, THash.InitialState.Length);
    }

    private static byte[][] Compute512<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key, long first) where THash : ILaneHash<Vector512<uint>>
    {
        LaneHmac512.Workspace work = default;
        LaneHmac512.Compute<THash>(Key(algorithm, key), first, ref work);
        return Split(MemoryMarshal.Cast<Vector512<uint>, uint>((Span<Vector512<uint>>)work.Digests), 16, THash.InitialState.Length);
    }

    private static byte[][] Split(ReadOnlySpan<uint> words, int lanes, int digestWords)
    {
        // The last lane is the key's.
        var digests = new byte[lanes - 1][];
        for (var lane = 0; lane < digests.Length; lane++)
        {
            digests[lane] = new byte[digestWords * sizeof(uint)];
            for (var i = 0; i < digestWords; i++)
                BinaryPrimitives.WriteUInt32BigEndian(digests[lane].AsSpan(i * sizeof(uint)), words[i * lanes + lane]);
        }

        return digests;
    }
}
