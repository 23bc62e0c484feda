using TwoFactor.Otp;

namespace TwoFactor.Verification;

/// <summary>How codes of an authenticator are judged.</summary>
public sealed record VerificationPolicy
{
    /// <summary>Accepted steps around the current one. Default 1 past, 1 future (RFC 6238, 5.2 advises at most one for delay).</summary>
    public TotpWindow Window { get; init; } = TotpWindow.Default;

    /// <summary>
    /// How many steps beyond the window a wrong code is compared with, for a hint that the device's clock is off. 0 to 20; 0 gives no
    /// hints. Default 10 (5 minutes at 30 seconds).
    /// </summary>
    public int ClockHintSteps { get; init; } = 10;

    /// <summary>Who computes the HMACs. Default <see cref="HmacEngine.Platform"/>.</summary>
    public HmacEngine Engine { get; init; } = HmacEngine.Platform;
}
