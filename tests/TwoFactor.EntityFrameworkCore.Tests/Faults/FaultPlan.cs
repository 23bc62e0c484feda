using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

// The workers of the crash tests derive from it.
#pragma warning disable CA1852
internal class FaultPlan
#pragma warning restore CA1852
{
    private readonly Lock _lock = new();
    private int _step;
    private int _failFrom = int.MaxValue;
    private int _failTo;

    /// <summary>The steps since it was armed, in order.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Called before each step that passes: what somebody else does at that moment.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Called with each connection of the store once it is open.</summary>
    public Action<DbConnection> Connected { get; set; } = _ => { };

    /// <summary>Whether no turn to write comes, which is no step.</summary>
    public bool TurnFails { get; set; }

    /// <summary>What the turn of a group of writes waits for.</summary>
    public Task TurnOfGroups { get; set; } = Task.CompletedTask;

    /// <summary>Fails the n-th step from now, once or for good; 0 fails none.</summary>
    public void Arm(int step, bool forGood = false)
    {
        Steps.Clear();
        (_step, _failFrom, _failTo) = (0, step == 0 ? int.MaxValue : step, forGood ? int.MaxValue : step);
    }

    public virtual void Step(string name)
    {
        // Several groups may be under way.
        lock (_lock)
        {
            Steps.Add(name);
            _step++;
            if (_step >= _failFrom && _step <= _failTo) throw new InjectedFaultException($"Step {_step} ({name}) fails.");
        }

        Before(name);
    }
}
