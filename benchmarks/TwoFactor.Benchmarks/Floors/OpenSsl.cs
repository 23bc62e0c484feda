using System.Runtime.InteropServices;

namespace TwoFactor.Benchmarks.Floors;

/// <summary>OpenSSL's SHA-1, with SHA-NI where the processor has it: what a machine can do.</summary>
internal static partial class OpenSsl
{
    private const string Library = "libcrypto.so.3";

    // Eight compressions: the blocks of three HMACs under one key, with padding (2 for the pads, 3 times 2).
    private static readonly byte[] EightBlocks = new byte[8 * 64 - 9];

    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, out _);

    public static unsafe void EightCompressions()
    {
        var digest = stackalloc byte[20];
        fixed (byte* data = EightBlocks) _ = SHA1(data, (nuint)EightBlocks.Length, digest);
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial byte* SHA1(byte* data, nuint length, byte* digest);
}
