using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Answers one load in five from a copy that it took a while ago: a cache, or a replica that lags.</summary>
internal sealed class StaleReadStore : BrokenStore
{
    private readonly Dictionary<UserId, StoredAccount> _copies = [];
    private int _loads;

    public override ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Locked(() =>
        {
            var current = Find(userId) is { Account: { } account } row ? new StoredAccount(account, row.Version) : default;
            if (++_loads % 5 == 0) return _copies.GetValueOrDefault(userId);
            if (_loads % 3 == 0) _copies[userId] = current;
            return current;
        }));
    }

    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        ThrowIfThere(Find(account.UserId), events);
        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));
}
