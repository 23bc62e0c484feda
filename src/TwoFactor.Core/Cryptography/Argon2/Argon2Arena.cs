using System.Runtime.InteropServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Native memory for one hash at a time. Zeroed when given back; 2 MiB aligned, so that the system can back it with huge pages.
/// </summary>
internal sealed unsafe class Argon2Arena : IDisposable
{
    private const int HugePage = 2 * 1024 * 1024;

    private readonly nuint _bytes;
    private void* _memory;

    private Argon2Arena(void* memory, nuint bytes)
    {
        _memory = memory;
        _bytes = bytes;
    }

    ~Argon2Arena() => Free();

    /// <summary>What it holds, in KiB.</summary>
    public int CapacityKiB => (int)(_bytes / MemoryLayout.BlockBytes);

    /// <summary>Takes memory from the system.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public static Argon2Arena Allocate(int memoryKiB)
    {
        var bytes = (nuint)memoryKiB * MemoryLayout.BlockBytes;
        return new Argon2Arena(NativeMemory.AlignedAlloc(bytes, HugePage), bytes);
    }

    /// <summary>The memory, of which the caller uses <paramref name="memoryKiB"/>. The caller keeps the arena alive.</summary>
    public ulong* Memory(int memoryKiB)
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memoryKiB, CapacityKiB);
        return (ulong*)_memory;
    }

    /// <summary>Overwrites everything with zeros.</summary>
    public void Wipe() => NativeMemory.Clear(_memory, _bytes);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_memory is null) return;
        Wipe();
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
