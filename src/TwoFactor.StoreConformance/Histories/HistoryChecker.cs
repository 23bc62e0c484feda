namespace TwoFactor.StoreConformance.Histories;

/// <summary>
/// Whether a history of concurrent loads and saves of one account is linearizable: whether there is an order of all operations, each at
/// some moment between its call and its answer, in which a store that does one thing at a time would have given the same answers. Pure.
/// </summary>
/// <remarks>
/// In general that takes a search (Wing and Gong 1993). Here versions are unique, so each successful save names the one before it, the
/// writes have one possible order, and what remains is to find a moment for each: the earliest possible ones are a solution if there is any.
/// </remarks>
public static class HistoryChecker
{
    /// <summary>Why the history cannot be that of a right store; null when it can.</summary>
    /// <exception cref="ArgumentException">Two saves have one mark, or a mark below 1: the history cannot be judged.</exception>
    public static string? FindViolation(IReadOnlyCollection<StoreOperation> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var saves = history.OfType<SaveOperation>().ToArray();
        if (saves.Any(save => save.Mark < 1) || saves.Select(save => save.Mark).Distinct().Count() != saves.Length)
            throw new ArgumentException("Each save of a history has a mark of its own, at least 1.", nameof(history));

        if (KnownVersions.FindViolation(history) is { } torn) return torn;
        var versions = new KnownVersions(history);
        if (WriteChain.Build(saves, versions, out var chain) is { } broken) return broken;

        // A save of unknown outcome that nobody has seen can only have been the last.
        var end = chain.Count == 0 ? 0 : versions.Of(chain[^1].Mark);
        var lastOnes = saves.Where(save => save.Outcome == SaveOutcome.Unknown && save.ExpectedVersion == end && !versions.Knows(save.Mark));
        string? first = null;
        foreach (var chained in lastOnes.Select(last => (IReadOnlyList<SaveOperation>)[.. chain, last]).Prepend(chain))
        {
            if (Moments.FindViolation(history, chained, versions) is not { } violation) return null;
            first ??= violation;
        }

        return first;
    }
}
