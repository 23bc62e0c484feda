using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;

namespace TwoFactor.Residency;

/// <summary>Each organisation's policy in the store of its home. Members of other regions are judged by it; nothing of them is kept there.</summary>
internal sealed class RegionalOrganizationStore(RegionSet regions) : IOrganizationStore
{
    public async ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken)
    {
        var home = await regions.HomeOfAsync(organizationId, cancellationToken).ConfigureAwait(false);
        var stored = await StoreOf(home).LoadAsync(organizationId, cancellationToken).ConfigureAwait(false);
        if (stored.Organization is not null) return stored;
        // No policy demands nothing: a mistaken directory must not switch off what is demanded elsewhere.
        foreach (var other in regions.All)
        {
            if (other == home) continue;
            var there = await StoreOf(other).LoadAsync(organizationId, cancellationToken).ConfigureAwait(false);
            if (there.Organization is not null)
                throw new RegionRefusedException(RegionRefusal.OtherRegion, $"The resolver names region '{home.Id}', and the organisation's policy is in '{other.Id}'.");
        }

        return stored;
    }

    public async ValueTask<bool> TrySaveAsync(
        Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var home = await regions.HomeOfAsync(organization.Id, cancellationToken).ConfigureAwait(false);
        return await StoreOf(home).TrySaveAsync(organization, expectedVersion, events, cancellationToken).ConfigureAwait(false);
    }

    private static IOrganizationStore StoreOf(Region region) => region.Require(region.Organizations);
}
