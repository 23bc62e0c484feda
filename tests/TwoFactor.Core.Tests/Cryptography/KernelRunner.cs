using TwoFactor.Cryptography;
using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.Tests.Cryptography;

/// <summary>Runs a hash with a kernel of the test's choice instead of the fastest.</summary>
internal static class KernelRunner
{
    public static IEnumerable<Argon2Kernel> Supported => Enum.GetValues<Argon2Kernel>().Where(Argon2Kernels.IsSupported);

    public static byte[] Hash(
        Argon2Kernel kernel,
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        ReadOnlySpan<byte> secret = default,
        ReadOnlySpan<byte> associatedData = default)
    {
        var tag = new byte[parameters.TagLength];
        using var arena = Argon2Arena.Allocate(parameters.MemoryKiB);
        Argon2Computation.Run(Argon2Inputs.Create(password, salt, parameters, tag, secret, associatedData), arena, kernel, tag, default);
        return tag;
    }
}
