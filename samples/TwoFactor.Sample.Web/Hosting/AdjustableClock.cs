namespace TwoFactor.Sample.Web.Hosting;

/// <summary>
/// The system's clock, moved by an offset that the development page <c>/dev/clock</c> sets: a lock or a grace period can be seen to end
/// without waiting for it. Timers and timestamps stay those of the system.
/// </summary>
public sealed class AdjustableClock : TimeProvider
{
    private long _offset;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
