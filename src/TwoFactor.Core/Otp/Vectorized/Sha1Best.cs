using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TwoFactor.Otp.Vectorized;

/// <summary>The kernel of SHA-1 that suits the number of vector registers, known when this is compiled to machine code.</summary>
internal readonly struct Sha1Best128 : ILaneHash<Vector128<uint>>
{
    /// <summary>AVX-512 brings x86 to 32 registers of every width; 64-bit Arm has as many.</summary>
    internal static bool HasManyRegisters => Avx512F.VL.IsSupported || AdvSimd.Arm64.IsSupported;

    public static ReadOnlySpan<uint> InitialState => Sha1.InitialState;

    public static void Compress(ref LaneState<Vector128<uint>> state, ref LaneBlock<Vector128<uint>> block)
    {
        if (HasManyRegisters) Sha1Lanes128.Compress(ref state, ref block);
        else Sha1Lean128.Compress(ref state, ref block);
    }
}

/// <summary>The same for 256 bits. With 512 bits there are always many registers.</summary>
internal readonly struct Sha1Best256 : ILaneHash<Vector256<uint>>
{
    public static ReadOnlySpan<uint> InitialState => Sha1.InitialState;

    public static void Compress(ref LaneState<Vector256<uint>> state, ref LaneBlock<Vector256<uint>> block)
    {
        if (Sha1Best128.HasManyRegisters) Sha1Lanes256.Compress(ref state, ref block);
        else Sha1Lean256.Compress(ref state, ref block);
    }
}
