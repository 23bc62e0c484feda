namespace TwoFactor.StoreConformance;

/// <summary>A clock that stands still until a check moves it, in either direction.</summary>
internal sealed class StandingClock : TimeProvider
{
    // Lies on a 30-second boundary.
    private long _ticks = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).Ticks;

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
