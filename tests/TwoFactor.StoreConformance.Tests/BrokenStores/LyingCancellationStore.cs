using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Asks once more whether it was cancelled after it has written, and says that it was.</summary>
internal sealed class LyingCancellationStore : BrokenStore
{
    public override async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var saved = await SaveAsync(account, expectedVersion, events);
        // Whoever can cancel here does, sooner or later: let it be now.
        if (cancellationToken.CanBeCanceled) cancellationToken.WaitHandle.WaitOne();
        cancellationToken.ThrowIfCancellationRequested();
        return saved;
    }

    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        ThrowIfThere(Find(account.UserId), events);
        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));
}
