namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>A write that waits for its turn in a group, and its outcome. Until it is taken its call may withdraw it.</summary>
/// <param name="write">What is to be written.</param>
/// <param name="cancellationToken">The call's.</param>
internal sealed class GroupedWrite(ConditionalWrite write, CancellationToken cancellationToken)
{
    // Whoever waits goes on elsewhere: the group's thread has others to answer.
    private readonly TaskCompletionSource<bool> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _decided;

    public ConditionalWrite Write => write;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>True when it was written, false when its version has moved on; an exception when it failed.</summary>
    public Task<bool> Outcome => _outcome.Task;

    /// <summary>Takes it into a transaction; false when it was withdrawn.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _decided, 1) == 0;

    /// <summary>Takes it out of its group. Once it was taken that is too late, and the outcome is told.</summary>
    public void Withdraw()
    {
        if (TryTake()) _outcome.SetCanceled(cancellationToken);
    }

    public void Complete(bool written) => _outcome.SetResult(written);

    /// <summary>Ends it with a fault, if it has no outcome yet.</summary>
    public void Fail(Exception fault) => _outcome.TrySetException(fault);
}
