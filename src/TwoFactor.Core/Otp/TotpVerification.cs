namespace TwoFactor.Otp;

/// <summary>The result of <see cref="Totp.Verify"/>. <c>default</c> is a failure.</summary>
public readonly record struct TotpVerification
{
    internal TotpVerification(TotpOutcome outcome, long currentStep, long matchedStep)
    {
        Outcome = outcome;
        CurrentStep = currentStep;
        MatchedStep = matchedStep;
        Offset = outcome is TotpOutcome.Valid or TotpOutcome.Replayed ? (int)(matchedStep - currentStep) : 0;
    }

    /// <summary>What was found.</summary>
    public TotpOutcome Outcome { get; }

    /// <summary>The step at the time of the verification.</summary>
    public long CurrentStep { get; }

    /// <summary>
    /// The step the code belongs to: the one to store as last accepted when <see cref="IsValid"/>. Meaningful for
    /// <see cref="TotpOutcome.Valid"/> and <see cref="TotpOutcome.Replayed"/>, otherwise 0.
    /// </summary>
    public long MatchedStep { get; }

    /// <summary>
    /// <see cref="MatchedStep"/> minus <see cref="CurrentStep"/>, in steps: negative when the device's clock is behind. Meaningful for
    /// <see cref="TotpOutcome.Valid"/> and <see cref="TotpOutcome.Replayed"/>, otherwise 0.
    /// </summary>
    public int Offset { get; }

    /// <summary>True for <see cref="TotpOutcome.Valid"/> alone.</summary>
    public bool IsValid => Outcome == TotpOutcome.Valid;
}
