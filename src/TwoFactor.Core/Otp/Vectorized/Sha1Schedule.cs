using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TwoFactor.Otp.Vectorized.LaneOperations;
using Words = System.Runtime.Intrinsics.Vector128<uint>;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// The message schedule of SHA-1 (FIPS 180-4, section 6.1.2, step 1) of one message, four consecutive words in a vector. The rounds wait for
/// each other and keep the scalar units busy; the vector units do this beside them.
/// </summary>
internal static class Sha1Schedule
{
    /// <summary>Four words of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Load(ReadOnlySpan<uint> words) => Vector128.Create(words);

    /// <summary>Puts the words, with the constant of their rounds, where the rounds take them from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Words words, int k, ref uint destination) => (words + Vector128.Create(Sha1.K[k])).StoreUnsafe(ref destination);

    /// <summary>W(t) to W(t+3) from those that begin at W(t-16), W(t-12), W(t-8) and W(t-4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Next(Words w16, Words w12, Words w8, Words w4)
    {
        // W(t+3) needs W(t), which is only made here: a zero stands in for it, and what it would have given is added.
        var next = RotateLeft(w16 ^ Middle(w16, w12) ^ w8 ^ Vector128.Shuffle(w4, Vector128.Create(1u, 2, 3, 4)), 1);
        return next ^ RotateLeft(Vector128.Shuffle(next, Vector128.Create(4u, 4, 4, 0)), 1);
    }

    /// <summary>
    /// The same from t = 32 on, from those that begin at W(t-32), W(t-28), W(t-16), W(t-8) and W(t-4). The formula put into itself is
    /// W(t) = (W(t-6) XOR W(t-16) XOR W(t-28) XOR W(t-32)) rotated by two, which needs nothing that is not there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Next(Words w32, Words w28, Words w16, Words w8, Words w4) => RotateLeft(w32 ^ w28 ^ w16 ^ Middle(w8, w4), 2);

    /// <summary>The last two words of the first vector and the first two of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Words Middle(Words first, Words second)
    {
        if (Sse2.IsSupported) return Sse2.Shuffle(first.AsDouble(), second.AsDouble(), 0b01).AsUInt32();
        return Vector128.Shuffle(first, Vector128.Create(2u, 3, 4, 4)) | Vector128.Shuffle(second, Vector128.Create(4u, 4, 0, 1));
    }
}
