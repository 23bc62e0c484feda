using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.Residency;

/// <summary>Each account in the store of its home, and refused when it is anywhere else.</summary>
internal sealed class RegionalAccountStore(RegionSet regions) : IAccountStore, IAccountFeed
{
    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        var home = await regions.HomeOfAsync(userId, cancellationToken).ConfigureAwait(false);
        var stored = await home.Accounts.LoadAsync(userId, cancellationToken).ConfigureAwait(false);
        if (stored.Account is null)
        {
            await RefuseIfElsewhereAsync(userId, home, cancellationToken).ConfigureAwait(false);
            return stored;
        }

        // Accounts of before there were regions carry none; they are where they are.
        var account = stored.AccountOf(userId);
        if (account.Region is { } kept && kept != home.Id)
            throw new RegionRefusedException(RegionRefusal.OtherRegion, $"The store of region '{home.Id}' holds an account of region '{kept}'.");
        return stored with { Account = account with { Region = home.Id } };
    }

    public async ValueTask<bool> TrySaveAsync(
        Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var home = await regions.HomeOfAsync(account.UserId, cancellationToken).ConfigureAwait(false);
        // Versions are numbers of one store: that of another must not be compared with the home's.
        if (expectedVersion != 0 && account.Region != home.Id)
            throw new RegionRefusedException(RegionRefusal.OtherRegion, $"The account was loaded from region '{account.Region}', and the resolver names '{home.Id}' now.");
        return await home.Accounts.TrySaveAsync(account with { Region = home.Id }, expectedVersion, events, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<UserId>> ReadIdsAsync(UserId? after, int count, CancellationToken cancellationToken)
    {
        var ids = ImmutableArray.CreateBuilder<UserId>();
        foreach (var region in regions.All)
        {
            var feed = region.Accounts as IAccountFeed ?? throw new NotSupportedException($"The store of region '{region.Id}' cannot list its users: it needs IAccountFeed.");
            ids.AddRange(await feed.ReadIdsAsync(after, count, cancellationToken).ConfigureAwait(false));
        }

        // Of each region the first, so that among them are the first of all. A marker and the account it speaks of are one user.
        return [.. ids.Distinct().OrderBy(user => user.Value, CodePointOrder.Comparer).Take(count)];
    }

    // The price of a mistaken directory would be an empty account: a sign-in without the second factor that the user has elsewhere. It is
    // asked only of whom nothing is stored at home, which is once a user.
    private async ValueTask RefuseIfElsewhereAsync(UserId userId, Region home, CancellationToken cancellationToken)
    {
        foreach (var other in regions.All)
        {
            if (other == home) continue;
            var stored = await other.Accounts.LoadAsync(userId, cancellationToken).ConfigureAwait(false);
            if (stored.Account is not null)
                throw new RegionRefusedException(RegionRefusal.OtherRegion, $"The resolver names region '{home.Id}', and the account is in '{other.Id}'.");
        }
    }
}
