namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

/// <summary>As long as it lasts, groups of writes form, and none has its turn.</summary>
internal sealed class HeldTurns : IDisposable
{
    private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldTurns(FaultPlan plan) => plan.TurnOfGroups = _come.Task;

    public void Dispose() => _come.SetResult();
}
