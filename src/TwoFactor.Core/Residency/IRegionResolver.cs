using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Residency;

/// <summary>
/// Says in which region a user or an organisation is at home. The host implements it over its directory, a singleton. It is asked at every
/// load and save, so it answers from memory or from an indexed row; a cache may be stale for a moment, which refuses sign-ins and never lets
/// a wrong one in.
/// </summary>
public interface IRegionResolver
{
    /// <summary>Every region that it may name, for a check when the host starts; empty when it cannot tell.</summary>
    ImmutableArray<RegionId> KnownRegions => [];

    /// <summary>The home of a user; null when there is none. There is no default: such a user is refused.</summary>
    ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>The home of an organisation, where its policy and its audit chain are kept; null when there is none.</summary>
    ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken);
}

/// <summary>A resolver that can be told. With it a move between regions ends in one call; without it the host changes its directory itself.</summary>
public interface IRegionDirectory : IRegionResolver
{
    /// <summary>
    /// Makes a region the home of a user, durably. It is called again when a move is continued, so the same value twice is no fault. A host
    /// whose directory (names, memberships) is kept by region moves the user's rows here, too.
    /// </summary>
    ValueTask SetRegionAsync(UserId userId, RegionId region, CancellationToken cancellationToken);
}
