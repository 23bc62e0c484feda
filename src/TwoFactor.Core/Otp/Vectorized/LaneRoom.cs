using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// Room for vectors on the stack, at a cache line's start. The runtime aligns such structs to eight bytes only, and where a vector lies
/// across two lines, every access to it costs twice.
/// </summary>
internal static unsafe class LaneRoom
{
    private const int CacheLine = 64;

    /// <summary>Bytes that always have room for one.</summary>
    public static int LengthFor<T>() where T : unmanaged => sizeof(T) + CacheLine - 1;

    /// <param name="room">At least <see cref="LengthFor"/> bytes on the stack, which does not move.</param>
    public static ref T In<T>(Span<byte> room) where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(room.Length, LengthFor<T>());
        ref var first = ref MemoryMarshal.GetReference(room);
        var padding = (int)(-(nint)Unsafe.AsPointer(ref first) & (CacheLine - 1));
        return ref Unsafe.As<byte, T>(ref Unsafe.Add(ref first, padding));
    }
}
