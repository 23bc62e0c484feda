using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>The backup codes of one enrolment, as hashes; the codes themselves are known to the user alone.</summary>
public sealed record BackupCodeSet
{
    /// <summary>The enrolment they belong to.</summary>
    public required EnrollmentId EnrollmentId { get; init; }

    /// <summary>When they were made.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>One entry a code, at the index that the code's slot symbol names: an Argon2id PHC string, or null when the code is spent.</summary>
    public required ImmutableArray<string?> Hashes { get; init; }

    /// <summary>How many codes can still be used.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Remaining => Hashes.Length - Hashes.AsSpan().Count((string?)null);

    /// <summary>The hash in a slot; null when the slot does not exist or is spent.</summary>
    public string? HashAt(int slot) => slot >= 0 && slot < Hashes.Length ? Hashes[slot] : null;

    /// <summary>Counts only, no hash.</summary>
    public override string ToString() => $"BackupCodeSet ({Remaining} of {Hashes.Length} left)";
}
