using TwoFactor.StoreConformance.Histories;

namespace TwoFactor.StoreConformance.Tests.Histories;

/// <summary>The definition itself, for small histories: tries every order of the operations that respects their moments.</summary>
internal static class BruteForce
{
    public static bool IsLinearizable(IReadOnlyList<StoreOperation> history)
    {
        var versionOf = new Dictionary<long, long>();
        foreach (var load in history.OfType<LoadOperation>())
        {
            if (!versionOf.TryAdd(load.Mark, load.Version) && versionOf[load.Mark] != load.Version) return false;
        }

        // A version that no load has shown is one that nobody has named.
        long VersionOf(long mark) => mark == 0 ? 0 : versionOf.GetValueOrDefault(mark, -mark);
        return Search([.. history], 0, VersionOf);
    }

    private static bool Search(List<StoreOperation> rest, long mark, Func<long, long> versionOf)
    {
        // What never answered need not have happened.
        if (rest.TrueForAll(operation => operation is SaveOperation { Outcome: SaveOutcome.Unknown or SaveOutcome.Cancelled })) return true;
        var deadline = rest.Min(operation => operation.Returned);
        foreach (var operation in rest.Where(operation => operation.Invoked < deadline).ToArray())
        {
            rest.Remove(operation);
            foreach (var next in Steps(operation, mark, versionOf))
            {
                if (Search(rest, next, versionOf)) return true;
            }

            rest.Add(operation);
        }

        return false;
    }

    /// <summary>The states after the operation that explain its answer; none when nothing does.</summary>
    private static IEnumerable<long> Steps(StoreOperation operation, long mark, Func<long, long> versionOf)
    {
        switch (operation)
        {
            case LoadOperation load:
                if (load.Mark == mark && load.Version == versionOf(mark)) yield return mark;
                break;
            case SaveOperation { Outcome: SaveOutcome.Saved } save:
                if (save.ExpectedVersion == versionOf(mark) && Rises(save, versionOf)) yield return save.Mark;
                break;
            case SaveOperation { Outcome: SaveOutcome.Conflict } save:
                if (save.ExpectedVersion != versionOf(mark)) yield return mark;
                break;
            case SaveOperation { Outcome: SaveOutcome.Cancelled }:
                yield return mark;
                break;
            case SaveOperation save:
                yield return mark;
                if (save.ExpectedVersion == versionOf(mark) && Rises(save, versionOf)) yield return save.Mark;
                break;
        }
    }

    private static bool Rises(SaveOperation save, Func<long, long> versionOf) => versionOf(save.Mark) < 0 || versionOf(save.Mark) > save.ExpectedVersion;
}
