using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>
/// One audit record, written in the same store write as the change it tells of. Its schema is versioned and documented in
/// <c>docs/audit.md</c>. It never holds a code, a seed or a token, and no field can break a line or reorder text.
/// </summary>
public sealed record AuditEvent
{
    /// <summary>The schema that this version writes.</summary>
    public const int CurrentSchema = 1;

    internal static readonly ImmutableSortedDictionary<string, string> NoDetails = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    // A default one is none, which takes no room of its own; two of these are made in each sign-in.
    private readonly UserId _subject;
    private readonly OrganizationId _organization;
    private readonly UtcTime _occurredAt;

    /// <summary>The schema it was written in.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The chain it belongs to, and with <see cref="Sequence"/> its key.</summary>
    public required AuditChainId Chain { get; init; }

    /// <summary>Its number in the chain, from 1 without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened: one of <see cref="AuditNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>When, in UTC, to the millisecond.</summary>
    public required DateTimeOffset OccurredAt { get => _occurredAt.Known; init => _occurredAt = new UtcTime(value); }

    /// <summary>Who did it: the user's id, or an administrator's, or <c>system</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The user it is about; null when it is about an organisation alone.</summary>
    public UserId? Subject { get => _subject.IsDefault ? null : _subject; init => _subject = value ?? default; }

    /// <summary>The organisation it is about; null when it is about the user alone.</summary>
    public OrganizationId? Organization { get => _organization.IsDefault ? null : _organization; init => _organization = value ?? default; }

    /// <summary>The second factor that it is about; null when there is none.</summary>
    public MfaFactorType? MfaFactorType { get; init; }

    /// <summary>Further fields by name, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, string> Details { get; init; } = NoDetails;

    /// <summary>SHA-256 of the event before it in the chain; 32 zero bytes for the first.</summary>
    public required ImmutableArray<byte> PreviousHash { get; init; }

    /// <summary>SHA-256 over <see cref="PreviousHash"/> and all fields: see <see cref="AuditChain"/>.</summary>
    public required ImmutableArray<byte> Hash { get; init; }
}
