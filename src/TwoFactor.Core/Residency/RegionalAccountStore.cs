using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.Residency;

/// <summary>Each account in the store of its home, and refused when it is anywhere else.</summary>
internal sealed class RegionalAccountStore(RegionSet regions) : IAccountStore, IAccountFeed, IAccountBatchReader, IRecentAccounts
{
    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        var home = await regions.HomeOfAsync(userId, cancellationToken).ConfigureAwait(false);
        var stored = await home.Accounts.LoadAsync(userId, cancellationToken).ConfigureAwait(false);
        if (stored.Account is null)
        {
            await RefuseIfElsewhereAsync([userId], home, cancellationToken).ConfigureAwait(false);
            return stored;
        }

        return stored with { Account = AtHome(stored.AccountOf(userId), home) };
    }

    public async ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken)
    {
        foreach (var region in regions.All)
        {
            if (region.Accounts is not IRecentAccounts recent) continue;
            var stored = await recent.RecallAsync(userId, cancellationToken).ConfigureAwait(false);
            if (stored.Account is not { } account) continue;
            // The resolver is asked only of whom something is remembered. Whoever has moved since is remembered where nobody asks any more.
            if (await regions.HomeOfAsync(userId, cancellationToken).ConfigureAwait(false) == region) return stored with { Account = AtHome(account, region) };
        }

        return default;
    }

    public async ValueTask<ImmutableArray<Account>> LoadManyAsync(ImmutableArray<UserId> users, CancellationToken cancellationToken)
    {
        var homes = new Dictionary<Region, List<UserId>>();
        foreach (var user in users)
        {
            var home = await regions.HomeOfAsync(user, cancellationToken).ConfigureAwait(false);
            if (!homes.TryGetValue(home, out var living)) homes[home] = living = [];
            living.Add(user);
        }

        var all = ImmutableArray.CreateBuilder<Account>(users.Length);
        foreach (var (home, living) in homes)
        {
            var found = await ManyOfAsync(home, living, cancellationToken).ConfigureAwait(false);
            // What a move has left or has not finished is a row, and no account.
            foreach (var row in found) all.Add(AtHome(new StoredAccount(row, 1).AccountOf(row.UserId), home));
            var missing = living.Except(found.Select(account => account.UserId)).ToList();
            if (missing.Count > 0) await RefuseIfElsewhereAsync(missing, home, cancellationToken).ConfigureAwait(false);
        }

        return all.DrainToImmutable();
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
    private async ValueTask RefuseIfElsewhereAsync(List<UserId> users, Region home, CancellationToken cancellationToken)
    {
        foreach (var other in regions.All)
        {
            if (other == home) continue;
            if (!(await ManyOfAsync(other, users, cancellationToken).ConfigureAwait(false)).IsEmpty)
                throw new RegionRefusedException(RegionRefusal.OtherRegion, $"The resolver names region '{home.Id}', and the account is in '{other.Id}'.");
        }
    }

    // The rows as they are, by one question where the region's store answers many.
    private static async ValueTask<ImmutableArray<Account>> ManyOfAsync(Region region, List<UserId> users, CancellationToken cancellationToken)
    {
        if (users.Count > 1 && region.Accounts is IAccountBatchReader batch) return await batch.LoadManyAsync([.. users], cancellationToken).ConfigureAwait(false);
        var found = ImmutableArray.CreateBuilder<Account>();
        foreach (var user in users)
        {
            var stored = await region.Accounts.LoadAsync(user, cancellationToken).ConfigureAwait(false);
            if (stored.Account is { } row) found.Add(row);
        }

        return found.DrainToImmutable();
    }

    // Accounts of before there were regions carry none; they are where they are.
    private static Account AtHome(Account account, Region home)
    {
        if (account.Region is { } kept && kept != home.Id)
            throw new RegionRefusedException(RegionRefusal.OtherRegion, $"The store of region '{home.Id}' holds an account of region '{kept}'.");
        return account with { Region = home.Id };
    }
}
