using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// What the kernels do with each lane of a vector, and with a single word: rotations by 1 to 31 bits, one instruction with AVX-512 and
/// three without, and the choice of bits by a mask.
/// </summary>
internal static class LaneOperations
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateLeft(uint x, [ConstantExpected] byte bits) => BitOperations.RotateLeft(x, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateLeft(Vector128<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(x, bits) : (x << bits) | (x >>> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft(Vector256<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(x, bits) : (x << bits) | (x >>> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft(Vector512<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(x, bits) : (x << bits) | (x >>> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateRight(uint x, [ConstantExpected] byte bits) => BitOperations.RotateRight(x, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateRight(Vector128<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, bits) : (x >>> bits) | (x << (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight(Vector256<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, bits) : (x >>> bits) | (x << (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight(Vector512<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(x, bits) : (x >>> bits) | (x << (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Select(uint mask, uint ones, uint zeros) => ((ones ^ zeros) & mask) ^ zeros;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Select(Vector128<uint> mask, Vector128<uint> ones, Vector128<uint> zeros) =>
        Vector128.ConditionalSelect(mask, ones, zeros);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Select(Vector256<uint> mask, Vector256<uint> ones, Vector256<uint> zeros) =>
        Vector256.ConditionalSelect(mask, ones, zeros);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Select(Vector512<uint> mask, Vector512<uint> ones, Vector512<uint> zeros) =>
        Vector512.ConditionalSelect(mask, ones, zeros);
}
