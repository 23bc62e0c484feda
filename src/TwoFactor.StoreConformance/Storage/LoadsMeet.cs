using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// Drives a race: once armed, the next loads wait for each other, so that all callers decide on the same state before any of them saves.
/// </summary>
internal sealed class LoadsMeet(IAccountStore inner) : IAccountStore
{
    private Rendezvous? _meeting;

    public void Expect(int callers) => _meeting = new Rendezvous(callers);

    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        var stored = await inner.LoadAsync(userId, cancellationToken);
        if (_meeting is { } meeting) await meeting.ArriveAsync();
        return stored;
    }

    public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
        inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
}

/// <summary>A point where a number of callers wait until all of them have come; later ones pass.</summary>
public sealed class Rendezvous(int callers)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = callers;

    public Task ArriveAsync()
    {
        if (Interlocked.Decrement(ref _missing) == 0) _all.SetResult();
        return _all.Task;
    }
}
