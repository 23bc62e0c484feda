using TwoFactor.BackupCodes;

namespace TwoFactor.Verification;

/// <summary>The one hash of an operation, remembered over its rounds: a lost write must not cost, or reveal by time, a second one.</summary>
internal sealed class BackupCodeMemo
{
    private bool _known;
    private string? _stored;

    public BackupCodeOutcome Outcome { get; private set; }

    public bool Knows(string? stored)
    {
        if (!_known) return false;
        // In a later round the slot was spent by somebody else: whatever the first hash said, it no longer matches anything.
        if (stored is null) Outcome = BackupCodeOutcome.Mismatch;
        return stored is null || string.Equals(stored, _stored, StringComparison.Ordinal);
    }

    public void Remember(string? stored, BackupCodeOutcome outcome) => (_known, _stored, Outcome) = (true, stored, outcome);
}
