using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// What the kernels do with each lane of a vector, and with a single word: rotations by 1 to 31 bits, one instruction with AVX-512 and
/// three without; the choice of bits by a mask; and what truncation takes out of two words.
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

    /// <summary>The four bytes from byte <paramref name="offset"/>, 0 to 3, of the eight in both words on, the most significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> BytesFrom(Vector128<uint> offset, Vector128<uint> word0, Vector128<uint> word1)
    {
        var bits = offset << 3;
        if (Avx2.IsSupported)
            return Avx2.ShiftLeftLogicalVariable(word0, bits) | Avx2.ShiftRightLogicalVariable(word1, Vector128.Create(32u) - bits);
        if (AdvSimd.IsSupported)
            return AdvSimd.ShiftLogical(word0, bits.AsInt32()) | AdvSimd.ShiftLogical(word1, bits.AsInt32() - Vector128.Create(32));
        return Slowly(offset, word0, word1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> BytesFrom(Vector256<uint> offset, Vector256<uint> word0, Vector256<uint> word1)
    {
        var bits = offset << 3;
        if (Avx2.IsSupported)
            return Avx2.ShiftLeftLogicalVariable(word0, bits) | Avx2.ShiftRightLogicalVariable(word1, Vector256.Create(32u) - bits);
        return Vector256.Create(
            BytesFrom(offset.GetLower(), word0.GetLower(), word1.GetLower()), BytesFrom(offset.GetUpper(), word0.GetUpper(), word1.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> BytesFrom(Vector512<uint> offset, Vector512<uint> word0, Vector512<uint> word1)
    {
        var bits = offset << 3;
        if (Avx512F.IsSupported)
            return Avx512F.ShiftLeftLogicalVariable(word0, bits) | Avx512F.ShiftRightLogicalVariable(word1, Vector512.Create(32u) - bits);
        return Vector512.Create(
            BytesFrom(offset.GetLower(), word0.GetLower(), word1.GetLower()), BytesFrom(offset.GetUpper(), word0.GetUpper(), word1.GetUpper()));
    }

    // Where lanes cannot be shifted by different numbers: by two bytes or not, then by one or not.
    private static Vector128<uint> Slowly(Vector128<uint> offset, Vector128<uint> word0, Vector128<uint> word1)
    {
        Vector128<uint> one = Vector128.Create(1u), two = Vector128.Create(2u);
        Vector128<uint> byTwo = Vector128.Equals(offset & two, two), byOne = Vector128.Equals(offset & one, one);
        word0 = Select(byTwo, (word0 << 16) | (word1 >>> 16), word0);
        word1 = Select(byTwo, word1 << 16, word1);
        return Select(byOne, (word0 << 8) | (word1 >>> 24), word0);
    }
}
