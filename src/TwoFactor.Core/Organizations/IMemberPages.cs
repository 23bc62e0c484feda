using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Organizations;

/// <summary>
/// Members with all their memberships, a page at a time. Optional beside <see cref="IMembershipSource"/> on the same object: a source that has
/// it is read by one question for hundreds of users, one that has not by a question for each.
/// </summary>
public interface IMemberPages
{
    /// <summary>
    /// Members of an organisation whose ids come after <paramref name="after"/>, ordered by id (by code point), at most
    /// <paramref name="count"/>; none at the end only.
    /// </summary>
    /// <param name="organizationId">Whose members.</param>
    /// <param name="after">The last id seen; null at the beginning.</param>
    /// <param name="count">1 or more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<ImmutableArray<MemberRecord>> ReadMembersAsync(OrganizationId organizationId, UserId? after, int count, CancellationToken cancellationToken);
}

/// <summary>A member with the memberships in all organisations.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Memberships">In any order; the one in the organisation that was asked for among them.</param>
public sealed record MemberRecord(UserId UserId, ImmutableArray<Membership> Memberships);
