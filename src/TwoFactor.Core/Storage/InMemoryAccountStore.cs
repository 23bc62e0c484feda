using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Storage;

/// <summary>
/// The reference store: everything in this process, gone with it. For tests, benchmarks and trying out; it answers exactly as a durable
/// store must, races included.
/// </summary>
public sealed class InMemoryAccountStore(InMemoryAuditLog log) : IAccountStore
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

    /// <summary>The audit events of a user's chain, oldest first.</summary>
    public ImmutableArray<AuditEvent> EventsOf(UserId userId)
    {
        userId.ThrowIfDefault(nameof(userId));
        return log.EventsOf(AuditChainId.Of(userId));
    }
}
