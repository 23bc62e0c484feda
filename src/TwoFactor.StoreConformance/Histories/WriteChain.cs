namespace TwoFactor.StoreConformance.Histories;

/// <summary>The writes that took effect, in the only order they can have: each over the version that the one before it left.</summary>
internal static class WriteChain
{
    /// <summary>Why there is no such order; null when there is.</summary>
    public static string? Build(IEnumerable<SaveOperation> saves, KnownVersions versions, out IReadOnlyList<SaveOperation> chain)
    {
        var writes = saves.Where(save => save.Outcome == SaveOutcome.Saved || (save.Outcome == SaveOutcome.Unknown && versions.Knows(save.Mark))).ToArray();
        var over = writes.GroupBy(write => write.ExpectedVersion).ToDictionary(group => group.Key, group => group.ToArray());
        var order = new List<SaveOperation>();
        chain = order;
        if (over.Values.FirstOrDefault(rivals => rivals.Length > 1) is { } twice)
            return $"Writes {string.Join(" and ", twice.Select(write => write.Mark))} were both saved over version {twice[0].ExpectedVersion}: one of them is lost.";

        for (long? version = 0; version is { } current && over.TryGetValue(current, out var next) && order.Count < writes.Length; version = versions.Of(next[0].Mark))
        {
            if (versions.Of(next[0].Mark) is { } raised && raised <= current)
                return $"Write {next[0].Mark} over version {current} left version {raised}: versions must rise.";
            order.Add(next[0]);
        }

        var stray = writes.Except(order).FirstOrDefault();
        return stray is null ? null : $"Write {stray.Mark} was saved over version {stray.ExpectedVersion}, which no write in line has left.";
    }
}
