namespace TwoFactor.StoreConformance.Histories;

/// <summary>Which version each write got, as far as loads have told.</summary>
internal sealed class KnownVersions
{
    private readonly Dictionary<long, long> _versionOfMark = new() { [0] = 0 };

    public KnownVersions(IEnumerable<StoreOperation> history)
    {
        foreach (var load in history.OfType<LoadOperation>()) _versionOfMark[load.Mark] = load.Version;
    }

    public bool Knows(long mark) => _versionOfMark.ContainsKey(mark);

    /// <summary>The version that a write got; null when no load has shown it.</summary>
    public long? Of(long mark) => _versionOfMark.TryGetValue(mark, out var version) ? version : null;

    /// <summary>Why the loads cannot all be right: one version is one state, and somebody has written it.</summary>
    public static string? FindViolation(IReadOnlyCollection<StoreOperation> history)
    {
        var outcomes = history.OfType<SaveOperation>().ToDictionary(save => save.Mark, save => save.Outcome);
        var (markOf, versionOf) = (new Dictionary<long, long> { [0] = 0 }, new Dictionary<long, long> { [0] = 0 });
        foreach (var load in history.OfType<LoadOperation>())
        {
            if (!markOf.TryAdd(load.Version, load.Mark) && markOf[load.Version] != load.Mark)
                return $"Version {load.Version} was loaded with the state of write {markOf[load.Version]} and with that of write {load.Mark}: a version is one state.";
            if (!versionOf.TryAdd(load.Mark, load.Version) && versionOf[load.Mark] != load.Version)
                return $"The state of write {load.Mark} was loaded with version {versionOf[load.Mark]} and with version {load.Version}: a state has one version.";
            if (load.Mark == 0) continue;
            if (!outcomes.TryGetValue(load.Mark, out var outcome)) return $"The state {load.Mark} was loaded, which nobody has written.";
            if (outcome is SaveOutcome.Conflict or SaveOutcome.Cancelled) return $"The state of write {load.Mark} was loaded, whose save ended as {outcome}: nothing was to be written.";
        }

        return null;
    }
}
