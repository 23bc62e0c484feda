using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Storage;

/// <summary>
/// The reference store: everything in this process, gone with it. For tests, benchmarks and trying out; it answers exactly as a durable
/// store must, races included.
/// </summary>
public sealed class InMemoryAccountStore : IAccountStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, Row> _rows = [];

    /// <inheritdoc/>
    public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(_rows.TryGetValue(userId, out var row) ? new StoredAccount(row.Account, row.Version) : default);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _rows.TryGetValue(account.UserId, out var row);
            if ((row?.Version ?? 0) != expectedVersion) return ValueTask.FromResult(false);
            ThrowUnlessTheyContinue(row?.Events, events, account.UserId);
            row ??= _rows[account.UserId] = new Row();
            row.Account = account;
            row.Version = expectedVersion + 1;
            row.Events.AddRange(events);
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>The audit events of a user's chain, oldest first.</summary>
    public ImmutableArray<AuditEvent> EventsOf(UserId userId)
    {
        userId.ThrowIfDefault(nameof(userId));
        lock (_gate) return _rows.TryGetValue(userId, out var row) ? [.. row.Events] : [];
    }

    // What the key of a table does in a database: one event for a chain and a sequence number.
    private static void ThrowUnlessTheyContinue(List<AuditEvent>? written, ImmutableArray<AuditEvent> events, UserId userId)
    {
        var last = written is { Count: > 0 } ? written[^1].Sequence : 0;
        foreach (var e in events)
        {
            if (e.Chain != AuditChainId.Of(userId)) throw new ArgumentException("The events are those of the account's chain.", nameof(events));
            if (e.Sequence <= last) throw new InvalidOperationException($"The user has an audit event {last} already; {e.Sequence} does not continue the chain.");
            last = e.Sequence;
        }
    }

    private sealed class Row
    {
        public Account? Account { get; set; }

        public long Version { get; set; }

        public List<AuditEvent> Events { get; } = [];
    }
}
