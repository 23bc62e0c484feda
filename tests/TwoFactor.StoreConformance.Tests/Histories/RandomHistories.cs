using FsCheck;
using FsCheck.Fluent;
using TwoFactor.StoreConformance.Histories;

namespace TwoFactor.StoreConformance.Tests.Histories;

/// <summary>
/// Small histories: those that a register gave to callers who overlap, with an answer or two then changed, and the moments as well.
/// </summary>
internal static class RandomHistories
{
    public static Gen<StoreOperation[]> Any { get; } =
        from count in Gen.Choose(1, 7)
        from calls in Gen.Choose(0, int.MaxValue).ArrayOf(count * 6)
        select Run(calls);

    /// <summary>Plays calls on a register that does one thing at a time, and lies now and then.</summary>
    private static StoreOperation[] Run(int[] choices)
    {
        var at = 0;
        int Next(int below) => choices[at++ % choices.Length] / (1 + (at / choices.Length)) % below;
        var count = choices.Length / 6;
        var (version, mark, stamp) = (0L, 0L, 0L);
        var (versions, history) = (new List<long> { 0 }, new List<StoreOperation>());
        for (var i = 1; i <= count; i++)
        {
            // The moment at which it happens is 10 i; it is called before and answers after, over its neighbours.
            var (invoked, returned) = ((10L * i) - 1 - (Next(35) * 20) - (stamp++ % 7), (10L * i) + 1 + (Next(35) * 20) + (stamp++ % 7));
            var lie = Next(6);
            if (Next(2) == 0)
            {
                history.Add(lie == 0 ? new LoadOperation(invoked, returned, versions[Next(versions.Count)], mark) : new LoadOperation(invoked, returned, version, mark));
                continue;
            }

            var expected = versions[Math.Max(0, versions.Count - 1 - Next(3))];
            var fits = expected == version;
            var outcome = lie switch { 0 => SaveOutcome.Saved, 1 => SaveOutcome.Unknown, 2 => SaveOutcome.Conflict, _ => fits ? SaveOutcome.Saved : SaveOutcome.Conflict };
            if (fits && lie != 2 && (lie != 1 || Next(2) == 0))
            {
                (version, mark) = (version + 1 + Next(2), i);
                versions.Add(version);
            }

            history.Add(new SaveOperation(invoked, outcome == SaveOutcome.Unknown ? long.MaxValue : returned, expected, i, outcome));
        }

        return Renumbered(history);
    }

    /// <summary>With the moments numbered apart, as a counter does.</summary>
    private static StoreOperation[] Renumbered(List<StoreOperation> history)
    {
        var order = history.SelectMany((operation, i) => new[] { (operation.Invoked, i, true), (operation.Returned, i, false) })
            .OrderBy(moment => moment.Item1).Select((moment, number) => (moment.i, moment.Item3, Number: number + 1L)).ToLookup(moment => (moment.i, moment.Item2), moment => moment.Number);
        return [.. history.Select((operation, i) => operation with
        {
            Invoked = order[(i, true)].First(),
            Returned = operation.Returned == long.MaxValue ? long.MaxValue : order[(i, false)].First(),
        })];
    }
}
