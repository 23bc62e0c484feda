namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// An audit event as a row; see <see cref="Auditing.AuditEvent"/> for its fields. For the host's queries and exports; only the library
/// writes it, and <see cref="EntityFrameworkAuditLog"/> reads it.
/// </summary>
public sealed class AuditEventRow
{
    /// <summary>Its place among the events of all chains, in the order of their writes; never used twice. Not part of the event.</summary>
    public long Position { get; init; }

    /// <summary>The chain it belongs to, as <see cref="Auditing.AuditChainId"/> writes it.</summary>
    public required string Chain { get; init; }

    /// <summary>Its number in the chain, from 1 without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>The version of the event's schema.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What happened: one of <see cref="Auditing.AuditNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>When, in milliseconds since 1970-01-01 UTC.</summary>
    public required long OccurredAt { get; init; }

    /// <summary>Who did it.</summary>
    public required string Actor { get; init; }

    /// <summary>The user it is about; null when it is about an organisation alone.</summary>
    public string? Subject { get; init; }

    /// <summary>The organisation it is about; null when it is about the user alone.</summary>
    public string? Organization { get; init; }

    /// <summary>The second factor that it is about, as the number of <see cref="Accounts.MfaFactorType"/>; null when there is none.</summary>
    public int? MfaFactorType { get; init; }

    /// <summary>Further fields, a JSON object of strings.</summary>
    public required string Details { get; init; }

    /// <summary>SHA-256 of the event before it; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over the previous hash and all fields.</summary>
    public required byte[] Hash { get; init; }
}
