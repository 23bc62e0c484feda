using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.Residency;

/// <summary>Memberships that are kept by region: a user's at home, an organisation's members in all regions.</summary>
internal sealed class RegionalMemberships(RegionSet regions) : IMembershipSource
{
    public async ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken)
    {
        var home = await regions.HomeOfAsync(userId, cancellationToken).ConfigureAwait(false);
        return await SourceOf(home).GetMembershipsAsync(userId, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<Membership> GetMembersAsync(OrganizationId organizationId, CancellationToken cancellationToken) => OrderedMerge.MergeAsync(
        regions.All.Select(region => SourceOf(region).GetMembersAsync(organizationId, cancellationToken)),
        static (a, b) => CodePointOrder.Compare(a.UserId.Value, b.UserId.Value), cancellationToken);

    private static IMembershipSource SourceOf(Region region) => region.Require(region.Memberships);
}
