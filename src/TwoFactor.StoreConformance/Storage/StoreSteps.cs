using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Steps that many checks take.</summary>
internal static class StoreSteps
{
    public static ValueTask<StoredAccount> LoadAsync(this IAccountStore store, UserId user) => store.LoadAsync(user, CancellationToken.None);

    public static ValueTask<bool> TrySaveAsync(this IAccountStore store, Account account, long version, ImmutableArray<AuditEvent> events = default) =>
        store.TrySaveAsync(account, version, events.IsDefault ? [] : events, CancellationToken.None);

    /// <summary>Saves without competition and loads what is then stored.</summary>
    public static async Task<StoredAccount> SavedAsync(this IAccountStore store, Account account, long version, ImmutableArray<AuditEvent> events = default)
    {
        Expect.That(await store.TrySaveAsync(account, version, events), $"A save over the current version {version} must succeed.");
        return await store.LoadAsync(account.UserId);
    }

    /// <summary>Starts a call on another thread, and cancels it a while after it has begun.</summary>
    public static async Task<T> CancelledDuringAsync<T>(Func<CancellationToken, Task<T>> call, int spins)
    {
        using var cancellation = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Task.Run(() =>
        {
            begun.SetResult();
            return call(cancellation.Token);
        });
        await begun.Task;
        Thread.SpinWait(spins);
        await cancellation.CancelAsync();
        return await running;
    }

    /// <summary>Starts all at the same moment, each on a thread of its own, and waits for their answers.</summary>
    public static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        var ready = new CountdownEvent(count);
        var start = new ManualResetEventSlim();
        var callers = Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(
            () =>
            {
                ready.Signal();
                start.Wait();
                return call(i);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        ready.Wait();
        start.Set();
        return await Task.WhenAll(callers);
    }
}
