using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>A right store in memory, taken apart into steps so that a deriving class can get one of them wrong.</summary>
internal abstract class BrokenStore : StoreHarness, IAccountStore
{
    private readonly Lock _gate = new();
    private Rendezvous? _meeting;

    public override IAccountStore Store => this;

    // Other nodes see the same rows, with the same faults.
    public override IAccountStore Reopen() => this;

    protected Dictionary<string, Row> Rows { get; } = new(StringComparer.Ordinal);

    public override void ExpectSavesAtOnce(int count) => _meeting = new Rendezvous(count);

    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) =>
        ValueTask.FromResult(Locked(() => Find(userId) is { } row ? row.Events.ToImmutableArray() : []));

    public virtual ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Locked(() => Find(userId) is { Account: { } account } row ? new StoredAccount(account, row.Version) : default));
    }

    public virtual async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await SaveAsync(account, expectedVersion, events);
    }

    protected abstract Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events);

    /// <summary>Where saves that were announced wait for each other: between the steps of a store that has more than one.</summary>
    protected Task MeetAsync() => _meeting?.ArriveAsync() ?? Task.CompletedTask;

    protected T Locked<T>(Func<T> step)
    {
        lock (_gate) return step();
    }

    protected virtual string KeyOf(UserId userId) => userId.Value;

    protected Row? Find(UserId userId) => Rows.GetValueOrDefault(KeyOf(userId));

    protected bool IsCurrent(Account account, long version) => (Find(account.UserId)?.Version ?? 0) == version;

    protected Row Write(Account account, long version)
    {
        if (Find(account.UserId) is not { } row) Rows[KeyOf(account.UserId)] = row = new Row();
        (row.Account, row.Version) = (account, version);
        return row;
    }

    protected static void ThrowIfThere(Row? row, ImmutableArray<AuditEvent> events)
    {
        if (row is not null && events.Any(e => row.Events.Exists(written => written.Sequence == e.Sequence)))
            throw new InvalidOperationException("An event of this sequence number is there already.");
    }

    internal sealed class Row
    {
        public Account? Account { get; set; }

        public long Version { get; set; }

        public List<AuditEvent> Events { get; } = [];
    }
}
