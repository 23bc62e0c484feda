using System.Collections.Immutable;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>Counts of pairs of outcomes.</summary>
internal sealed class SimulationTally
{
    private readonly SortedDictionary<(SimulatedOutcome Now, SimulatedOutcome Then), long> _pairs = [];

    public long Users { get; private set; }

    public void Add(SimulatedOutcome now, SimulatedOutcome then)
    {
        Users++;
        _pairs[(now, then)] = _pairs.GetValueOrDefault((now, then)) + 1;
    }

    public ImmutableArray<SimulatedChange> ToChanges() => [.. _pairs.Select(pair => new SimulatedChange(pair.Key.Now, pair.Key.Then, pair.Value))];
}
