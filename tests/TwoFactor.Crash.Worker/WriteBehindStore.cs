using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.Crash;

/// <summary>A store with a defect: it decides in memory, answers, and saves later. Whatever it has not saved dies with the process.</summary>
internal sealed class WriteBehindStore(IAccountStore inner) : IAccountStore
{
    // So many saves wait until another comes.
    private const int Behind = 5;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<UserId, StoredAccount> _newest = [];
    private readonly Queue<(Account Account, ImmutableArray<AuditEvent> Events)> _waiting = [];

    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(userId, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if ((await FindAsync(account.UserId, cancellationToken)).Version != expectedVersion) return false;
            _newest[account.UserId] = new StoredAccount(account, expectedVersion + 1);
            _waiting.Enqueue((account, events));
            while (_waiting.Count > Behind)
            {
                var (next, records) = _waiting.Dequeue();
                var (_, version) = await inner.LoadAsync(next.UserId, cancellationToken);
                await inner.TrySaveAsync(next, version, records, cancellationToken);
            }

            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<StoredAccount> FindAsync(UserId userId, CancellationToken cancellationToken) =>
        _newest.TryGetValue(userId, out var newest) ? newest : await inner.LoadAsync(userId, cancellationToken);
}
