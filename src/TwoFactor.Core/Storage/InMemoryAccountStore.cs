using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Storage;

/// <summary>
/// The reference store: everything in this process, gone with it. For tests, benchmarks and trying out; it answers exactly as a durable
/// store must, races included.
/// </summary>
public sealed class InMemoryAccountStore(InMemoryAuditLog log) : IAccountStore, IAccountFeed, IAccountBatchReader, IAccountRemoval
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, StoredAccount> _rows = [];

    /// <summary>A store with an audit log of its own.</summary>
    public InMemoryAccountStore() : this(new InMemoryAuditLog())
    {
    }

    /// <inheritdoc/>
    public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(_rows.GetValueOrDefault(userId));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_rows.GetValueOrDefault(account.UserId).Version != expectedVersion) return ValueTask.FromResult(false);
            log.Append(AuditChainId.Of(account.UserId), events);
            _rows[account.UserId] = new StoredAccount(account, expectedVersion + 1);
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<UserId>> ReadIdsAsync(UserId? after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult<ImmutableArray<UserId>>([.. _rows.Keys
                .Where(user => after is not { } last || CodePointOrder.Compare(user.Value, last.Value) > 0)
                .OrderBy(user => user.Value, CodePointOrder.Comparer).Take(count)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Account>> LoadManyAsync(ImmutableArray<UserId> users, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult<ImmutableArray<Account>>([.. users.Select(user => _rows.GetValueOrDefault(user).Account).OfType<Account>()]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRemoveAsync(Account marker, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(marker);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedVersion, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_rows.GetValueOrDefault(marker.UserId).Version != expectedVersion) return ValueTask.FromResult(false);
            log.Remove(AuditChainId.Of(marker.UserId));
            _rows[marker.UserId] = new StoredAccount(marker, expectedVersion + 1);
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>The audit events of a user's chain, oldest first.</summary>
    public ImmutableArray<AuditEvent> EventsOf(UserId userId)
    {
        userId.ThrowIfDefault(nameof(userId));
        return log.EventsOf(AuditChainId.Of(userId));
    }
}
