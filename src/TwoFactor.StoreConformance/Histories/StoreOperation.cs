namespace TwoFactor.StoreConformance.Histories;

/// <summary>
/// One call to a store, as its caller saw it. Moments are numbers from one counter that all callers share: an operation that returned at 5
/// was over before another was invoked at 6.
/// </summary>
/// <param name="Invoked">When it was called.</param>
/// <param name="Returned">When it answered; <see cref="long.MaxValue"/> if it never did.</param>
public abstract record StoreOperation(long Invoked, long Returned);

/// <summary>A load.</summary>
/// <param name="Invoked">When it was called.</param>
/// <param name="Returned">When it answered.</param>
/// <param name="Version">The version it answered; 0 when nothing was stored.</param>
/// <param name="Mark">Which write's state it answered; 0 when nothing was stored.</param>
public sealed record LoadOperation(long Invoked, long Returned, long Version, long Mark) : StoreOperation(Invoked, Returned);

/// <summary>A save.</summary>
/// <param name="Invoked">When it was called.</param>
/// <param name="Returned">When it answered.</param>
/// <param name="ExpectedVersion">The version over which it was to write; one that a load in the same history answered, or 0.</param>
/// <param name="Mark">What tells its state from every other: at least 1, used once in a history.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record SaveOperation(long Invoked, long Returned, long ExpectedVersion, long Mark, SaveOutcome Outcome) : StoreOperation(Invoked, Returned);

/// <summary>How a save ended, as far as its caller knows.</summary>
public enum SaveOutcome
{
    /// <summary>It answered true.</summary>
    Saved = 1,

    /// <summary>It answered false: the version was another one.</summary>
    Conflict = 2,

    /// <summary>It was cancelled, which promises that nothing was written.</summary>
    Cancelled = 3,

    /// <summary>It ended with a fault, or its caller died: nobody knows whether it was written.</summary>
    Unknown = 4,
}
