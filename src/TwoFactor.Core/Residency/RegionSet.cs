using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Residency;

/// <summary>The configured regions, and who is at home in which.</summary>
internal sealed class RegionSet(ImmutableArray<Region> regions, IRegionResolver resolver)
{
    public ImmutableArray<Region> All { get; } = regions;

    public IRegionResolver Resolver { get; } = resolver;

    /// <summary>The region of a name; null when it is not configured.</summary>
    public Region? Find(RegionId id) => All.FirstOrDefault(region => region.Id == id);

    /// <summary>The home of a user.</summary>
    /// <exception cref="RegionRefusedException">The resolver names none, or one that is not configured.</exception>
    public async ValueTask<Region> HomeOfAsync(UserId userId, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        return Home(await Resolver.FindRegionAsync(userId, cancellationToken).ConfigureAwait(false), "user");
    }

    /// <summary>The home of an organisation.</summary>
    /// <exception cref="RegionRefusedException">The resolver names none, or one that is not configured.</exception>
    public async ValueTask<Region> HomeOfAsync(OrganizationId organizationId, CancellationToken cancellationToken)
    {
        organizationId.ThrowIfDefault(nameof(organizationId));
        return Home(await Resolver.FindRegionAsync(organizationId, cancellationToken).ConfigureAwait(false), "organisation");
    }

    // Never a default: whoever is at home nowhere would get an empty account, and with it a sign-in without a second factor.
    private Region Home(RegionId? id, string whose)
    {
        if (id is not { IsDefault: false } named)
            throw new RegionRefusedException(RegionRefusal.UnknownRegion, $"The resolver names no region for this {whose}.");
        return Find(named) ?? throw new RegionRefusedException(
            RegionRefusal.UnknownRegion, $"The resolver names region '{named}' for this {whose}, which is not configured.");
    }
}
