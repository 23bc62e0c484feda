namespace TwoFactor.Otp;

/// <summary>The result of verifying or resynchronising HOTP. <c>default</c> is a failure.</summary>
public readonly record struct HotpVerification
{
    internal HotpVerification(HotpOutcome outcome, long nextCounter)
    {
        Outcome = outcome;
        NextCounter = nextCounter;
    }

    /// <summary>What was found.</summary>
    public HotpOutcome Outcome { get; }

    /// <summary>
    /// The counter to store: one past the last code used when <see cref="IsValid"/>, otherwise the counter that was passed in.
    /// </summary>
    public long NextCounter { get; }

    /// <summary>The counter of the (last) code when <see cref="IsValid"/>, otherwise null.</summary>
    public long? MatchedCounter => IsValid ? NextCounter - 1 : null;

    /// <summary>True for <see cref="HotpOutcome.Valid"/> alone.</summary>
    public bool IsValid => Outcome == HotpOutcome.Valid;
}
