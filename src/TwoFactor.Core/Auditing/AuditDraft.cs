using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>An audit record before it has its place in a chain; a null actor is the subject himself.</summary>
internal readonly record struct AuditDraft(string Name, string? Actor, MfaFactorType? Factor, ImmutableSortedDictionary<string, string> Details)
{
    public OrganizationId? Organization { get; init; }

    /// <summary>The user it is about when that is not the owner of the chain.</summary>
    public UserId? Subject { get; init; }
}
