using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace Example.Files;

/// <summary>An audit event as it stands in the file. Every field goes into its hash, so none may be left out or rounded.</summary>
internal sealed record EventRow(
    int Schema, long Sequence, string Name, long Milliseconds, string Actor, string? Subject, string? Organization, MfaFactorType? Factor,
    SortedDictionary<string, string> Details, byte[] PreviousHash, byte[] Hash)
{
    public static EventRow Of(AuditEvent e) => new(
        e.Schema, e.Sequence, e.Name, e.OccurredAt.ToUnixTimeMilliseconds(), e.Actor, e.Subject?.Value, e.Organization?.Value, e.MfaFactorType,
        new SortedDictionary<string, string>(e.Details, StringComparer.Ordinal), [.. e.PreviousHash], [.. e.Hash]);

    public AuditEvent ToEvent(UserId userId) => new()
    {
        Schema = Schema,
        Chain = AuditChainId.Of(userId),
        Sequence = Sequence,
        Name = Name,
        OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds),
        Actor = Actor,
        Subject = Subject is null ? null : new UserId(Subject),
        Organization = Organization is null ? null : new OrganizationId(Organization),
        MfaFactorType = Factor,
        Details = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, Details),
        PreviousHash = [.. PreviousHash],
        Hash = [.. Hash],
    };
}
