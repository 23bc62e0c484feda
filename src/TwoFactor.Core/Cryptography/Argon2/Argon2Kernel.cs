using System.Runtime.Intrinsics;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>The kernels there are.</summary>
internal enum Argon2Kernel
{
    /// <summary>64-bit arithmetic: runs everywhere.</summary>
    Scalar = 0,

    /// <summary>AVX2.</summary>
    Vector256,

    /// <summary>AVX-512.</summary>
    Vector512,
}

/// <summary>Which kernels this processor has.</summary>
internal static class Argon2Kernels
{
    /// <summary>The fastest that runs here.</summary>
    /// <remarks>
    /// The runtime reports 512-bit vectors as not accelerated where the processor has them but slows down for them.
    /// </remarks>
    public static Argon2Kernel Best { get; } =
        Vector512.IsHardwareAccelerated && Vector512Kernel.IsSupported ? Argon2Kernel.Vector512
        : Vector256Kernel.IsSupported ? Argon2Kernel.Vector256
        : Argon2Kernel.Scalar;

    public static bool IsSupported(Argon2Kernel kernel) => kernel switch
    {
        Argon2Kernel.Vector512 => Vector512Kernel.IsSupported,
        Argon2Kernel.Vector256 => Vector256Kernel.IsSupported,
        _ => ScalarKernel.IsSupported,
    };
}
