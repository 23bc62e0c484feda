using System.Diagnostics.CodeAnalysis;

namespace TwoFactor.BackupCodes;

/// <summary>
/// Bounds how many hashes, and so how much memory, are under way: a number of turns, a bounded queue for them, a bounded wait. Waiting
/// takes no thread and no hash memory.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The semaphore holds nothing of the system's unless its wait handle is asked for.")]
internal sealed class HashGate(int turns, int queueLimit, TimeSpan timeout, TimeProvider time)
{
    private readonly SemaphoreSlim _turns = new(turns, turns);
    private int _waiting;

    /// <summary>Waits for a turn; false when the queue is full or the wait too long.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<bool> EnterAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (TryEnter()) return true;
        if (timeout == TimeSpan.Zero) return false;
        if (Interlocked.Increment(ref _waiting) > queueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            using var limit = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            await _turns.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Takes a turn if one is free.</summary>
    public bool TryEnter() => _turns.Wait(0, CancellationToken.None);

    public void Exit(int turns = 1) => _turns.Release(turns);
}
