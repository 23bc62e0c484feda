using System.Collections.Concurrent;
using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Histories;

/// <summary>
/// Calls stores and writes down what they answered, account by account. A state's mark is its <see cref="Account.Epoch"/>: callers give each
/// save one of its own. For any number of callers at once.
/// </summary>
public sealed class HistoryRecorder
{
    private readonly ConcurrentDictionary<UserId, ConcurrentQueue<StoreOperation>> _histories = [];
    private long _now;
    private long _lastMark;

    /// <summary>A mark that no save has had.</summary>
    public long NextMark() => Interlocked.Increment(ref _lastMark);

    /// <summary>Loads, and records what was loaded. A load that faults tells nothing and is not recorded.</summary>
    public async ValueTask<StoredAccount> LoadAsync(IAccountStore store, UserId userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var invoked = Moment();
        var stored = await store.LoadAsync(userId, cancellationToken).ConfigureAwait(false);
        Add(userId, new LoadOperation(invoked, Moment(), stored.Version, stored.Account?.Epoch ?? 0));
        return stored;
    }

    /// <summary>
    /// Saves, and records how that ended. A save that ends as cancelled promises that nothing was written; one that ends with any other
    /// exception is recorded as unknown, and the exception goes on to the caller.
    /// </summary>
    public async ValueTask<SaveOutcome> SaveAsync(
        IAccountStore store, Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(account);
        var (invoked, outcome) = (Moment(), SaveOutcome.Unknown);
        try
        {
            outcome = await store.TrySaveAsync(account, expectedVersion, events, cancellationToken).ConfigureAwait(false) ? SaveOutcome.Saved : SaveOutcome.Conflict;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = SaveOutcome.Cancelled;
        }
        finally
        {
            Add(account.UserId, new SaveOperation(invoked, outcome == SaveOutcome.Unknown ? long.MaxValue : Moment(), expectedVersion, account.Epoch, outcome));
        }

        return outcome;
    }

    /// <summary>The recorded history of an account.</summary>
    public ImmutableArray<StoreOperation> HistoryOf(UserId userId) => _histories.TryGetValue(userId, out var history) ? [.. history] : [];

    /// <summary>
    /// Checks every recorded history, and that the audit events <paramref name="eventsOf"/> a user are those of the saves that succeeded: each
    /// names its mark, see <see cref="EventName"/>. Writes <c>histories checked: N</c> to the test's output.
    /// </summary>
    /// <exception cref="StoreViolationException">One of them cannot be that of a right store.</exception>
    public async Task CheckAsync(Func<UserId, ValueTask<ImmutableArray<AuditEvent>>> eventsOf)
    {
        ArgumentNullException.ThrowIfNull(eventsOf);
        var operations = 0;
        foreach (var (user, queue) in _histories)
        {
            StoreOperation[] history = [.. queue];
            operations += history.Length;
            var violation = HistoryChecker.FindViolation(history);
            if (violation is not null) throw new StoreViolationException($"{user}, {history.Length} operations: {violation}");
            ExpectEventsOf(user, history, await eventsOf(user).ConfigureAwait(false));
        }

        TestContext.Out.WriteLine($"histories checked: {_histories.Count} ({operations} operations)");
    }

    /// <summary>What an event is named that belongs to the save with this mark.</summary>
    public static string EventName(long mark) => $"by {mark}";

    private static void ExpectEventsOf(UserId user, StoreOperation[] history, ImmutableArray<AuditEvent> events)
    {
        var saves = history.OfType<SaveOperation>().ToDictionary(save => EventName(save.Mark), save => save.Outcome);
        var written = events.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, outcome) in saves)
        {
            if (outcome is SaveOutcome.Saved) Expect.That(written.Contains(name), $"{user}: the save {name} succeeded and its event is missing.");
            if (outcome is SaveOutcome.Conflict or SaveOutcome.Cancelled) Expect.That(!written.Contains(name), $"{user}: the save {name} ended as {outcome} and its event is stored.");
        }

        Expect.Equal(AuditChain.FindBreak(events, events.IsEmpty ? null : new AuditChainHead(events[^1].Sequence, events[^1].Hash)), null, $"{user}: the first break of the chain");
    }

    private long Moment() => Interlocked.Increment(ref _now);

    private void Add(UserId user, StoreOperation operation) => _histories.GetOrAdd(user, _ => []).Enqueue(operation);
}
