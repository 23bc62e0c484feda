using System.Security.Cryptography;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Residency;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>
/// Moves an account from one region to another. All that a move knows is in the rows of the two stores; every step looks at them anew, does one
/// thing by compare-and-swap, and can be the last before a crash. The source's row decides: while it stands still nothing is accepted; when it is
/// emptied there is no way back; only then is the target's row opened.
/// </summary>
internal sealed class AccountMove(RegionSet regions, MoveOrder order)
{
    private const int MaxSteps = 64;

    // The move that this call has begun or continues: when it is gone, somebody else has ended it, and this call begins no second one.
    private Relocation? _own;
    private RegionId _from;

    /// <summary>Begins a move, or goes on with one.</summary>
    public ValueTask<RegionMoveResult> MoveAsync(RegionId to, CancellationToken cancellationToken) =>
        regions.Find(to) is { } target
            ? RunAsync(places => StepAsync(places, target, cancellationToken), cancellationToken)
            : ValueTask.FromResult<RegionMoveResult>(new RegionMoveResult.UnknownRegion(to));

    /// <summary>Takes a move back, as long as the source holds the account.</summary>
    public ValueTask<RegionMoveResult> CancelAsync(CancellationToken cancellationToken) =>
        RunAsync(places => StepBackAsync(places, cancellationToken), cancellationToken);

    private async ValueTask<RegionMoveResult> RunAsync(Func<AccountPlaces, ValueTask<RegionMoveResult?>> step, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxSteps; i++)
        {
            if (await AccountPlaces.FindAsync(regions, order.User, cancellationToken).ConfigureAwait(false) is not { } places) continue;
            if (places.Holders is { Length: > 1 } several) return new RegionMoveResult.SeveralAccounts([.. several.Select(place => place.Region.Id)]);
            if (places.Copies.FirstOrDefault(copy => copy.Region.Accounts is not IAccountRemoval) is { } unfit) return new RegionMoveResult.Unsupported(unfit.Region.Id);
            if (await step(places).ConfigureAwait(false) is { } result) return result;
        }

        return new RegionMoveResult.Contended();
    }

    private async ValueTask<RegionMoveResult?> StepAsync(AccountPlaces places, Region target, CancellationToken cancellationToken)
    {
        if (places.Holders is not [var source]) return await SettleAsync(places, target, cancellationToken).ConfigureAwait(false);
        if ((Unfit(source.Region) ?? Unfit(target)) is { } unfit) return new RegionMoveResult.Unsupported(unfit);
        if (source.Relocation is null) return await StartAsync(places, source, target, cancellationToken).ConfigureAwait(false);
        if (source.Relocation is { State: RelocationState.Returning }) return await ReturnAsync(places, source, cancellationToken).ConfigureAwait(false);
        if (source.Relocation.Other != target.Id) return new RegionMoveResult.OtherMove(source.Relocation.Other);
        if (_own is not null && _own.Move != source.Relocation.Move) return new RegionMoveResult.Contended();
        (_own, _from) = (source.Relocation, source.Region.Id);
        return await CopyAsync(source, places.In(target), target, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RegionMoveResult?> StartAsync(AccountPlaces places, AccountPlace source, Region target, CancellationToken cancellationToken)
    {
        if (await RemoveStrayAsync(places, cancellationToken).ConfigureAwait(false)) return null;
        if (source.Region == target) return await StayAsync(target, cancellationToken).ConfigureAwait(false);
        if (_own is not null) return new RegionMoveResult.Cancelled(source.Region.Id);
        var (broken, hasChanged) = await AccountCopy.CheckChainAsync(source, source.Account.AuditHead, cancellationToken).ConfigureAwait(false);
        if (hasChanged) return null;
        if (broken is { } at) return new RegionMoveResult.ChainBroken(source.Region.Id, at);
        var started = new RegionMoveStarted(order.At, order.Actor.Value, order.Organization, NewMove(), source.Region.Id, target.Id, order.Reason);
        if (await SaveAsync(source, started, cancellationToken).ConfigureAwait(false)) _own = new Relocation(RelocationState.Leaving, started.Move, target.Id);
        return null;
    }

    // A directory that was left behind, or set back by a call that was overtaken, is put right.
    private async ValueTask<RegionMoveResult> StayAsync(Region target, CancellationToken cancellationToken)
    {
        if (!await IsHomeAsync(target, cancellationToken).ConfigureAwait(false)) return new RegionMoveResult.AwaitingDirectory(target.Id);
        return _own is null ? new RegionMoveResult.AlreadyThere(target.Id) : new RegionMoveResult.Moved(_from, target.Id);
    }

    private async ValueTask<bool> IsHomeAsync(Region region, CancellationToken cancellationToken)
    {
        var home = await regions.Resolver.FindRegionAsync(order.User, cancellationToken).ConfigureAwait(false);
        if (home == region.Id || regions.Resolver is not IRegionDirectory directory) return home == region.Id;
        await directory.SetRegionAsync(order.User, region.Id, cancellationToken).ConfigureAwait(false);
        return await regions.Resolver.FindRegionAsync(order.User, cancellationToken).ConfigureAwait(false) == region.Id;
    }

    private async ValueTask<RegionMoveResult?> CopyAsync(AccountPlace source, AccountPlace? copy, Region target, CancellationToken cancellationToken)
    {
        if (copy is null or { Relocation.State: RelocationState.Left })
        {
            // Reserved before the source is looked at again, so that who cancels finds the row, and a late copy loses its write.
            var reserved = Row(target, new Relocation(RelocationState.Arriving, _own!.Move, source.Region.Id));
            await target.Accounts.TrySaveAsync(reserved, copy?.Version ?? 0, [], cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (copy.Relocation!.Move != _own!.Move)
        {
            await RemoveAsync(copy, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (copy.Relocation.State == RelocationState.Arriving) return await AccountCopy.CopyAsync(source, copy, cancellationToken).ConfigureAwait(false);
        var (broken, hasChanged) = await AccountCopy.CheckChainAsync(copy, source.Account.AuditHead, cancellationToken).ConfigureAwait(false);
        if (hasChanged) return null;
        if (broken is { } at) return new RegionMoveResult.ChainBroken(target.Id, at);
        AccountCopy.RequireSame(source, copy);
        await RemoveAsync(source, cancellationToken).ConfigureAwait(false);
        return null;
    }

    // The source is empty. The directory first, so that the account is never open where nobody is sent.
    private async ValueTask<RegionMoveResult?> SettleAsync(AccountPlaces places, Region target, CancellationToken cancellationToken)
    {
        if (places.All.FirstOrDefault(place => place.Relocation!.State == RelocationState.Arrived) is not { } arrived) return new RegionMoveResult.NothingStored();
        var move = arrived.Relocation!;
        if (arrived.Region != target) return new RegionMoveResult.OtherMove(arrived.Region.Id);
        // Without the source's word that it is empty, it may come back with a store that is restored: nobody opens this row.
        if (!places.All.Any(place => place.Relocation is { State: RelocationState.Left } left && left.Move == move.Move)) return new RegionMoveResult.Unsupported(move.Other);
        (_own, _from) = (move, move.Other);
        if (!await IsHomeAsync(target, cancellationToken).ConfigureAwait(false)) return new RegionMoveResult.AwaitingDirectory(target.Id);
        var completed = new RegionMoveCompleted(order.At, order.Actor.Value, order.Organization, move.Move, move.Other, target.Id);
        return await SaveAsync(arrived, completed, cancellationToken).ConfigureAwait(false) ? new RegionMoveResult.Moved(move.Other, target.Id) : null;
    }

    private async ValueTask<RegionMoveResult?> StepBackAsync(AccountPlaces places, CancellationToken cancellationToken)
    {
        if (places.Holders is not [var source])
        {
            return places.All.FirstOrDefault(place => place.Relocation!.State == RelocationState.Arrived) is { } arrived
                ? new RegionMoveResult.TooLate(arrived.Region.Id)
                : new RegionMoveResult.NothingStored();
        }

        if (source.Relocation is not { } move)
        {
            if (await RemoveStrayAsync(places, cancellationToken).ConfigureAwait(false)) return null;
            return _own is null ? new RegionMoveResult.NotMoving() : new RegionMoveResult.Cancelled(source.Region.Id);
        }

        _own = move;
        if (move.State == RelocationState.Returning) return await ReturnAsync(places, source, cancellationToken).ConfigureAwait(false);
        var cancelled = new RegionMoveCancelled(order.At, order.Actor.Value, order.Organization, move.Move, source.Region.Id, move.Other, order.Reason);
        await SaveAsync(source, cancelled, cancellationToken).ConfigureAwait(false);
        return null;
    }

    // What was copied is removed before the account is used again, so that it never stays behind unseen.
    private async ValueTask<RegionMoveResult?> ReturnAsync(AccountPlaces places, AccountPlace source, CancellationToken cancellationToken)
    {
        if (regions.Find(source.Relocation!.Other) is null) return new RegionMoveResult.UnknownRegion(source.Relocation.Other);
        if (await RemoveStrayAsync(places, cancellationToken).ConfigureAwait(false)) return null;
        await source.Region.Accounts.TrySaveAsync(source.Account with { Relocation = null }, source.Version, [], cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Removes copies that no move will ever open; true when there was one.</summary>
    private static async ValueTask<bool> RemoveStrayAsync(AccountPlaces places, CancellationToken cancellationToken)
    {
        foreach (var stray in places.Copies) await RemoveAsync(stray, cancellationToken).ConfigureAwait(false);
        return !places.Copies.IsEmpty;
    }

    private static ValueTask<bool> RemoveAsync(AccountPlace place, CancellationToken cancellationToken) =>
        ((IAccountRemoval)place.Region.Accounts).TryRemoveAsync(
            Row(place.Region, place.Relocation! with { State = RelocationState.Left }, place.Account.UserId), place.Version, cancellationToken);

    private static async ValueTask<bool> SaveAsync(AccountPlace place, AccountEvent e, CancellationToken cancellationToken)
    {
        var account = place.Account with { Region = place.Region.Id };
        var (records, head) = AuditChain.Continue(account.UserId, account.AuditHead, [e]);
        var next = AccountEvolution.Evolve(account, [e], head);
        return await place.Region.Accounts.TrySaveAsync(next, place.Version, records, cancellationToken).ConfigureAwait(false);
    }

    private Account Row(Region region, Relocation relocation) => Row(region, relocation, order.User);

    private static Account Row(Region region, Relocation relocation, UserId user) => Account.NewFor(user) with { Region = region.Id, Relocation = relocation };

    private static Guid NewMove() => new(RandomNumberGenerator.GetBytes(16));

    private static RegionId? Unfit(Region region) => region is { Accounts: IAccountRemoval, Audit: not null } ? null : region.Id;
}
