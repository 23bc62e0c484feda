using System.Runtime.Intrinsics;
using TwoFactor.Otp.Vectorized;

namespace TwoFactor.Otp;

/// <summary>Whether <see cref="HmacEngine.Vectorized"/> is what it says in this process.</summary>
public static class VectorizedHmac
{
    /// <summary>An <see cref="AppContext"/> switch: set to true before the first use, nothing is ever computed by vectors.</summary>
    public const string DisableSwitch = "TwoFactor.DisableVectorizedHmac";

    /// <summary>
    /// True when the processor has vectors of 128 bits, <see cref="DisableSwitch"/> is not set, and the self-test at first use agreed with
    /// the platform. Otherwise the platform computes, silently: the codes are the same.
    /// </summary>
    public static bool IsAvailable { get; } = Decide();

    internal static bool Decide() =>
        Vector128.IsHardwareAccelerated
        && !(AppContext.TryGetSwitch(DisableSwitch, out var disabled) && disabled)
        && SelfTest.Passes<VectorizedCodes.Factory>();
}
