namespace TwoFactor.BackupCodes;

/// <summary>The result of one comparison. <c>default</c> is a mismatch.</summary>
/// <param name="Outcome">What came of it.</param>
public readonly record struct BackupCodeVerification(BackupCodeOutcome Outcome)
{
    /// <summary>Whether the code was right.</summary>
    public bool IsMatch => Outcome == BackupCodeOutcome.Match;
}
