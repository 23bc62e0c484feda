using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Residency;

namespace TwoFactor.Administration;

/// <summary>
/// Copies an account that stands still, chain first and a page at a time, into the row that was reserved for it. It goes on where an earlier
/// call stopped, and a call that was overtaken loses its next write.
/// </summary>
internal static class AccountCopy
{
    private const int PageSize = 500;

    /// <summary>Null when it was copied, or another call got ahead: look again. Else what is wrong.</summary>
    public static async ValueTask<RegionMoveResult?> CopyAsync(AccountPlace source, AccountPlace target, CancellationToken cancellationToken)
    {
        var (row, version) = (target.Account, target.Version);
        var copied = row.AuditHead?.Sequence ?? 0;
        var verifier = new AuditChainVerifier();
        var page = ImmutableArray.CreateBuilder<AuditEvent>(PageSize);
        await foreach (var e in ChainOf(source, cancellationToken).ConfigureAwait(false))
        {
            verifier.Add(e);
            if (e.Sequence <= copied) continue;
            page.Add(e);
            if (page.Count < PageSize) continue;
            row = row with { AuditHead = new AuditChainHead(e.Sequence, e.Hash) };
            if (await SaveAsync(target.Region, row, version, page.DrainToImmutable(), cancellationToken).ConfigureAwait(false) is not { } next) return null;
            version = next;
        }

        if (verifier.FindBreak(source.Account.AuditHead) is { } broken)
            return await IsUnchangedAsync(source, cancellationToken).ConfigureAwait(false) ? new RegionMoveResult.ChainBroken(source.Region.Id, broken) : null;
        var whole = source.Account with { Region = target.Region.Id, Relocation = row.Relocation! with { State = RelocationState.Arrived } };
        await target.Region.Accounts.TrySaveAsync(whole, version, page.DrainToImmutable(), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Checks what the target's store gives back against what was copied; its chain is checked already.</summary>
    /// <exception cref="InvalidDataException">It is not the same.</exception>
    public static void RequireSame(AccountPlace source, AccountPlace target)
    {
        if (!Content(source.Account).AsSpan().SequenceEqual(Content(target.Account)))
            throw new InvalidDataException($"The store of region '{target.Region.Id}' does not hold what was written to it. The move stands where it was; cancel it.");
    }

    /// <summary>Checks a chain up to an end.</summary>
    /// <returns>
    /// The number of the first event that is not in order, null when the chain is whole; and whether the row has changed since, so that another
    /// call may have emptied it meanwhile and nothing can be said.
    /// </returns>
    public static async ValueTask<(long? BrokenAt, bool HasChanged)> CheckChainAsync(AccountPlace place, AuditChainHead? head, CancellationToken cancellationToken)
    {
        var verifier = new AuditChainVerifier();
        await foreach (var e in ChainOf(place, cancellationToken).ConfigureAwait(false))
        {
            // An account that is still in use writes on meanwhile; what is beyond is looked at when it stands still.
            if (verifier.Count == (head?.Sequence ?? 0) && place.Relocation is null) break;
            verifier.Add(e);
        }

        if (verifier.FindBreak(head) is not { } broken) return (null, false);
        return await IsUnchangedAsync(place, cancellationToken).ConfigureAwait(false) ? (broken, false) : (null, true);
    }

    private static async ValueTask<bool> IsUnchangedAsync(AccountPlace place, CancellationToken cancellationToken) =>
        (await place.Region.Accounts.LoadAsync(place.Account.UserId, cancellationToken).ConfigureAwait(false)).Version == place.Version;

    private static IAsyncEnumerable<AuditEvent> ChainOf(AccountPlace place, CancellationToken cancellationToken) =>
        place.Region.Require(place.Region.Audit).ReadChainAsync(AuditChainId.Of(place.Account.UserId), cancellationToken);

    private static async ValueTask<long?> SaveAsync(
        Region region, Account row, long version, ImmutableArray<AuditEvent> page, CancellationToken cancellationToken)
    {
        if (!await region.Accounts.TrySaveAsync(row, version, page, cancellationToken).ConfigureAwait(false)) return null;
        var stored = await region.Accounts.LoadAsync(row.UserId, cancellationToken).ConfigureAwait(false);
        // Only this row's next version lets this call go on: whoever has written since has taken over.
        return stored.Account is { } now && now.Relocation == row.Relocation && now.AuditHead?.Sequence == row.AuditHead?.Sequence ? stored.Version : null;
    }

    private static byte[] Content(Account account) => AccountSerializer.Serialize(account with { Region = null, Relocation = null });
}
