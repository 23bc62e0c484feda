using System.Runtime.InteropServices;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Floors;

/// <summary>The reference implementation of Argon2 in Debian's build (package libargon2-1).</summary>
internal static partial class LibArgon2
{
    private const string Library = "libargon2.so.1";

    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, out _);

    public static unsafe void Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Argon2Parameters parameters, Span<byte> tag)
    {
        fixed (byte* p = password, s = salt, t = tag)
        {
            var error = argon2id_hash_raw(
                (uint)parameters.Iterations, (uint)parameters.MemoryKiB, (uint)parameters.Parallelism,
                p, (nuint)password.Length, s, (nuint)salt.Length, t, (nuint)tag.Length);
            if (error != 0) throw new InvalidOperationException($"argon2id_hash_raw failed with {error}.");
        }
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int argon2id_hash_raw(
        uint iterations, uint memory, uint parallelism,
        byte* password, nuint passwordLength, byte* salt, nuint saltLength, byte* tag, nuint tagLength);
}
