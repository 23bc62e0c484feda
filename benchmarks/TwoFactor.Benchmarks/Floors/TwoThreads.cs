using System.Runtime.InteropServices;

namespace TwoFactor.Benchmarks.Floors;

/// <summary>What two processors gain on this machine where nothing is shared but the memory's bandwidth and the last cache.</summary>
internal sealed unsafe class TwoThreads : IDisposable
{
    private readonly nuint _bytes;
    private readonly nint _first, _second;

    public TwoThreads(int memoryKiB)
    {
        _bytes = (nuint)memoryKiB * 1024;
        (_first, _second) = ((nint)NativeMemory.AllocZeroed(_bytes), (nint)NativeMemory.AllocZeroed(_bytes));
    }

    /// <summary>Does half of the work here and half on a thread of its own.</summary>
    public static void Run(Action<bool> half)
    {
        var other = new Thread(() => half(true));
        other.Start();
        half(false);
        other.Join();
    }

    /// <summary>Writes one Argon2id memory over and over: reading and writing memory is all it does.</summary>
    public void Write(int times, bool second = false)
    {
        for (var i = 0; i < times; i++) NativeMemory.Clear((void*)(second ? _second : _first), _bytes);
    }

    public void Dispose()
    {
        NativeMemory.Free((void*)_first);
        NativeMemory.Free((void*)_second);
    }
}
