namespace TwoFactor.Cryptography.Argon2;

/// <summary>The kernels there are.</summary>
internal enum Argon2Kernel
{
    /// <summary>64-bit arithmetic: runs everywhere.</summary>
    Scalar = 0,
}

/// <summary>Which kernels this processor has.</summary>
internal static class Argon2Kernels
{
    /// <summary>The fastest that runs here.</summary>
    public static Argon2Kernel Best => Argon2Kernel.Scalar;
}
