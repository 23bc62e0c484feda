using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Residency;

namespace TwoFactor.Administration;

/// <summary>What one region's store holds of a user.</summary>
internal sealed record AccountPlace(Region Region, Account Account, long Version)
{
    public Relocation? Relocation => Account.Relocation;

    /// <summary>True when the account is here: in use, or standing still while it is copied.</summary>
    public bool Holds => Relocation is null or { State: RelocationState.Leaving or RelocationState.Returning };
}

/// <summary>What all regions hold of a user: all that a move needs to know to go on from wherever it stopped.</summary>
internal sealed record AccountPlaces(ImmutableArray<AccountPlace> All)
{
    /// <summary>Where the account is. More than one: no move did that.</summary>
    public ImmutableArray<AccountPlace> Holders => [.. All.Where(place => place.Holds)];

    /// <summary>Copies that are not open, or not yet.</summary>
    public ImmutableArray<AccountPlace> Copies => [.. All.Where(place => place.Relocation is { State: RelocationState.Arriving or RelocationState.Arrived })];

    public AccountPlace? In(Region region) => All.FirstOrDefault(place => place.Region == region);

    /// <summary>
    /// Looks everywhere, and last again at where the account is: of a copy that was seen before, that row decides whether its move is alive.
    /// Null when the account was written meanwhile: look again.
    /// </summary>
    public static async ValueTask<AccountPlaces?> FindAsync(RegionSet regions, UserId user, CancellationToken cancellationToken)
    {
        var all = ImmutableArray.CreateBuilder<AccountPlace>();
        foreach (var region in regions.All)
        {
            var stored = await region.Accounts.LoadAsync(user, cancellationToken).ConfigureAwait(false);
            if (stored.Account is not null) all.Add(new AccountPlace(region, stored.RowOf(user), stored.Version));
        }

        var places = new AccountPlaces(all.ToImmutable());
        if (places.Holders is not [var holder]) return places;
        var now = await holder.Region.Accounts.LoadAsync(user, cancellationToken).ConfigureAwait(false);
        return now.Version == holder.Version ? places : null;
    }
}
