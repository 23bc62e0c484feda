namespace TwoFactor.Tests.BackupCodes;

/// <summary>A clock whose timers fire only when a test says so.</summary>
internal sealed class TimerTimeProvider : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public int Started
    {
        get
        {
            lock (_timers) return _timers.Count;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_timers) _timers.Add(timer);
        return timer;
    }

    public void FireAll()
    {
        ManualTimer[] due;
        lock (_timers) due = [.. _timers];
        foreach (var timer in due) timer.Fire();
    }

    private sealed class ManualTimer(TimerTimeProvider owner, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (owner._timers) owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
