namespace TwoFactor.StoreConformance.Histories;

/// <summary>A moment for each write of a chain, such that every other operation fits between them.</summary>
internal sealed class Moments
{
    private readonly IReadOnlyList<SaveOperation> _chain;
    private readonly long[] _after;
    private readonly long[] _before;

    private Moments(IReadOnlyList<SaveOperation> chain)
    {
        _chain = chain;
        // Number 0 is the beginning, when nothing is stored; number n is the n-th write.
        _after = [long.MinValue, .. chain.Select(write => write.Invoked)];
        _before = [long.MaxValue, .. chain.Select(write => write.Outcome == SaveOutcome.Unknown ? long.MaxValue : write.Returned)];
    }

    /// <summary>Why there are no such moments; null when there are.</summary>
    public static string? FindViolation(IEnumerable<StoreOperation> history, IReadOnlyList<SaveOperation> chain, KnownVersions versions)
    {
        var moments = new Moments(chain);
        var numberOf = new Dictionary<long, int> { [0] = 0 };
        for (var i = 0; i < chain.Count; i++)
        {
            if (versions.Of(chain[i].Mark) is { } version) numberOf[version] = i + 1;
        }

        var conflicts = new List<(SaveOperation Save, int Number)>();
        foreach (var operation in history)
        {
            if (operation is LoadOperation load)
            {
                // A state that was loaded is one of the chain's: others have been found out before.
                moments.Saw(numberOf[load.Version], load);
            }
            else if (operation is SaveOperation { Outcome: SaveOutcome.Conflict } save && numberOf.TryGetValue(save.ExpectedVersion, out var number))
            {
                // A version that nobody has loaded is another one at any time.
                conflicts.Add((save, number));
            }
        }

        return moments.Settle(conflicts);
    }

    /// <summary>A load saw what write <paramref name="number"/> left: that write came before its answer, the next one after its call.</summary>
    private void Saw(int number, LoadOperation load)
    {
        _before[number] = Math.Min(_before[number], number == 0 ? long.MaxValue : load.Returned);
        if (number < _chain.Count) _after[number + 1] = Math.Max(_after[number + 1], load.Invoked);
    }

    private string? Settle(List<(SaveOperation Save, int Number)> conflicts)
    {
        while (true)
        {
            for (var i = 1; i < _after.Length; i++)
            {
                _after[i] = Math.Max(_after[i], _after[i - 1]);
                if (_after[i] >= _before[i])
                    return $"Write {_chain[i - 1].Mark} over version {_chain[i - 1].ExpectedVersion} has no moment: it must lie after {_after[i]} and before {_before[i]}.";
            }

            var moved = false;
            foreach (var (save, number) in conflicts)
            {
                // The version was another one before its write, or after the next. Once the next write cannot lie before the answer, only the former is left.
                var alreadyGone = number < _chain.Count && _after[number + 1] < save.Returned;
                var notYetThere = number > 0 && _after[number] >= save.Invoked;
                if (alreadyGone || notYetThere) continue;
                if (number == 0) return $"The save {save.Mark} over version {save.ExpectedVersion} conflicted although nothing had been written.";
                _after[number] = save.Invoked;
                moved = true;
            }

            if (!moved) return null;
        }
    }
}
