namespace TwoFactor.Accounts;

/// <summary>An accepted code and what it spends. A closed hierarchy.</summary>
/// <param name="SpentThroughStep">The newest step that can no longer be used.</param>
public abstract record FactorUse(long SpentThroughStep)
{
    /// <summary>The kind of factor.</summary>
    public abstract MfaFactorType Factor { get; }
}

/// <summary>A code of the authenticator: the matched step and all before it are spent.</summary>
/// <param name="Step">The matched step, not the current one.</param>
/// <param name="Offset">Matched step minus current step: how far the device's clock is off.</param>
public sealed record TotpUse(long Step, int Offset) : FactorUse(Step)
{
    /// <inheritdoc/>
    public override MfaFactorType Factor => MfaFactorType.Totp;
}

/// <summary>A backup code: it is spent, and with it every step of the window, so that a code seen earlier is worthless.</summary>
/// <param name="Slot">Its index.</param>
/// <param name="SpentThroughStep">The last step of the window at that time.</param>
public sealed record BackupCodeUse(int Slot, long SpentThroughStep) : FactorUse(SpentThroughStep)
{
    /// <inheritdoc/>
    public override MfaFactorType Factor => MfaFactorType.BackupCode;
}
