using System.Runtime.InteropServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Pages straight from the system, and straight back to it. On Linux they are asked to be huge (<c>madvise</c>): touching 19 MiB for the
/// first time in pages of 4 KiB costs more than hashing in it.
/// </summary>
internal static unsafe partial class NativePages
{
    private const int HugePage = 2 * 1024 * 1024;
    private const int CacheLine = 64;

    private const int ProtReadWrite = 0x1 | 0x2;
    private const int MapPrivateAnonymous = 0x02 | 0x20;
    private const int AdviseHugePage = 14;
    private const nint MapFailed = -1;

    /// <summary>Takes at least <paramref name="bytes"/>, aligned to 2 MiB on Linux and to a cache line elsewhere.</summary>
    /// <param name="bytes">How much; on return, how much there is from <paramref name="start"/> on.</param>
    /// <param name="start">The first byte.</param>
    /// <returns>What <see cref="Free"/> takes.</returns>
    /// <exception cref="InsufficientMemoryException">There is not so much.</exception>
    public static Mapping Allocate(ref nuint bytes, out void* start)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                return MapHuge(ref bytes, out start);
            }
            catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
            {
                // A C library without these names: as on other systems.
            }
        }

        start = NativeMemory.AlignedAlloc(bytes, CacheLine);
        return new Mapping((nint)start, 0);
    }

    public static void Free(Mapping mapping)
    {
        if (mapping.Length == 0) NativeMemory.AlignedFree((void*)mapping.Address);
        else _ = Unmap(mapping.Address, mapping.Length);
    }

    private static Mapping MapHuge(ref nuint bytes, out void* start)
    {
        // Small arenas stay small; from a huge page on, only whole ones, since the system does not use them for a part.
        var usable = bytes >= HugePage ? RoundUp(bytes) : bytes;
        var length = usable + HugePage;
        var address = Map(0, length, ProtReadWrite, MapPrivateAnonymous, -1, 0);
        if (address == MapFailed) throw new InsufficientMemoryException($"The system did not give {bytes} bytes for an Argon2id hash.");
        start = (void*)RoundUp((nuint)address);
        bytes = usable;

        // Advice: where it is not taken, pages are small and the result is the same.
        _ = Advise((nint)start, usable, AdviseHugePage);
        return new Mapping(address, length);
    }

    private static nuint RoundUp(nuint value) => (value + HugePage - 1) & ~(nuint)(HugePage - 1);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    /// <summary>What was taken; a length of 0 says from the C library, not from the system.</summary>
    internal readonly record struct Mapping(nint Address, nuint Length);
}
