using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Organizations;

/// <summary>Who belongs where. The host implements it over its own directory, or uses the tables of the EF Core package.</summary>
public interface IMembershipSource
{
    /// <summary>All memberships of a user, in any order; none for one who is unknown.</summary>
    ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>The members of an organisation, ordered by user id (by code point, as databases do under a binary collation), for checks and simulations over all of them.</summary>
    IAsyncEnumerable<Membership> GetMembersAsync(OrganizationId organizationId, CancellationToken cancellationToken);
}
