namespace TwoFactor.StoreConformance.Storage;

/// <summary>A point where a number of callers wait until all of them have come; later ones pass.</summary>
/// <param name="callers">How many; at least 1.</param>
public sealed class Rendezvous(int callers)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = callers;

    /// <summary>Comes, and waits for the others.</summary>
    public Task ArriveAsync()
    {
        if (Interlocked.Decrement(ref _missing) == 0) _all.SetResult();
        return _all.Task;
    }
}
