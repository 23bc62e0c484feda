using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Enrollment;

/// <summary>The answer to the wish for new backup codes. A closed hierarchy.</summary>
public abstract record RegenerateBackupCodesResult
{
    private RegenerateBackupCodesResult()
    {
    }

    /// <summary>All earlier codes are dead.</summary>
    /// <param name="BackupCodes">The new codes, shown once: nothing can return them again.</param>
    public sealed record Regenerated(ImmutableArray<string> BackupCodes) : RegenerateBackupCodesResult, IGrant
    {
        /// <summary>The number of codes alone.</summary>
        public override string ToString() => $"Regenerated {BackupCodes.Length} codes (redacted)";
    }

    /// <summary>A fresh proof is needed: step up first.</summary>
    /// <param name="Refusal">What is wrong with the proof given.</param>
    public sealed record ProofRequired(ProofRefusal Refusal) : RegenerateBackupCodesResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : RegenerateBackupCodesResult;

    /// <summary>The user has no authenticator, and codes do not exist without one.</summary>
    public sealed record NotEnrolled : RegenerateBackupCodesResult;

    /// <summary>Too many codes are being hashed; try again in a moment.</summary>
    public sealed record Busy : RegenerateBackupCodesResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : RegenerateBackupCodesResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : RegenerateBackupCodesResult;
}
