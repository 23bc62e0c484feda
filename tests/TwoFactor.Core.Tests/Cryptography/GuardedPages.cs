using System.Runtime.InteropServices;

namespace TwoFactor.Tests.Cryptography;

/// <summary>Whole pages between two that may not be touched (Linux).</summary>
internal sealed unsafe partial class GuardedPages : IDisposable
{
    private const int ProtReadWrite = 0x1 | 0x2;
    private const int MapPrivateAnonymous = 0x02 | 0x20;

    private readonly nint _mapping;
    private readonly nuint _length;

    public GuardedPages(int bytes)
    {
        var page = (nuint)Environment.SystemPageSize;
        if ((nuint)bytes % page != 0) throw new ArgumentException("Whole pages only, so that both ends are guarded.", nameof(bytes));
        _length = (nuint)bytes + (2 * page);
        _mapping = Map(0, _length, 0, MapPrivateAnonymous, -1, 0);
        if (_mapping == -1 || Protect(_mapping + (nint)page, (nuint)bytes, ProtReadWrite) != 0)
        {
            throw new InvalidOperationException("The system did not give guarded pages.");
        }

        Start = (void*)(_mapping + (nint)page);
    }

    public void* Start { get; }

    public void Dispose() => _ = Unmap(_mapping, _length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
