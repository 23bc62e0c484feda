using System.Runtime.InteropServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Native memory for one hash at a time, outside the collector's heap. Zeroed before it is given back.
/// </summary>
internal sealed unsafe class Argon2Arena : IDisposable
{
    private readonly NativePages.Mapping _mapping;
    private readonly nuint _bytes;
    private void* _memory;

    private Argon2Arena(int sizeKiB, NativePages.Mapping mapping, void* memory, nuint bytes)
    {
        SizeKiB = sizeKiB;
        _mapping = mapping;
        _memory = memory;
        _bytes = bytes;
    }

    ~Argon2Arena() => Free();

    /// <summary>What was asked for, in KiB.</summary>
    public int SizeKiB { get; }

    /// <summary>Takes memory from the system.</summary>
    /// <exception cref="InsufficientMemoryException">There is none.</exception>
    public static Argon2Arena Allocate(int memoryKiB)
    {
        var bytes = (nuint)memoryKiB * MemoryLayout.BlockBytes;
        if (bytes / MemoryLayout.BlockBytes != (nuint)memoryKiB)
        {
            throw new InsufficientMemoryException($"{memoryKiB} KiB are more than this process can address.");
        }

        var mapping = NativePages.Allocate(ref bytes, out var memory);
        return new Argon2Arena(memoryKiB, mapping, memory, bytes);
    }

    /// <summary>The memory, of which the caller uses <paramref name="memoryKiB"/>. The caller keeps the arena alive.</summary>
    public ulong* Memory(int memoryKiB)
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memoryKiB, SizeKiB);
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
        _memory = null;
        NativePages.Free(_mapping);
    }
}
