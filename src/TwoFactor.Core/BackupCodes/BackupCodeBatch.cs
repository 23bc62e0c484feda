using System.Collections.Immutable;

namespace TwoFactor.BackupCodes;

/// <summary>New codes with their hashes. The codes are shown once and kept nowhere; the hashes are stored.</summary>
public sealed record BackupCodeBatch
{
    /// <summary>The codes as shown, <c>XXXX-XXXX-XXXX-XXXX</c>; the index is the slot.</summary>
    public required ImmutableArray<string> Codes { get; init; }

    /// <summary>Their hashes as PHC strings; the index is the slot.</summary>
    public required ImmutableArray<string> Hashes { get; init; }

    /// <summary>How many there are; neither codes nor hashes.</summary>
    public override string ToString() => $"{nameof(BackupCodeBatch)}: {(Codes.IsDefault ? 0 : Codes.Length)} codes";
}
