using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// Drives a race. Once armed, the next loads wait for each other, so that all callers decide on the same state before any of them saves; or
/// something else happens between a caller's load and its save.
/// </summary>
internal sealed class HeldStore(IAccountStore inner) : IAccountStore
{
    private Rendezvous? _meeting;
    private Func<Task>? _beforeSave;

    /// <summary>Lets the next loads, this many, wait for each other.</summary>
    public void Expect(int callers) => _meeting = new Rendezvous(callers);

    /// <summary>Does this before the next save is sent; saves that it makes itself are not held.</summary>
    public void BeforeNextSave(Func<Task> action) => _beforeSave = action;

    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        var stored = await inner.LoadAsync(userId, cancellationToken);
        if (_meeting is { } meeting) await meeting.ArriveAsync();
        return stored;
    }

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _beforeSave, null) is { } action) await action();
        return await inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
    }
}
