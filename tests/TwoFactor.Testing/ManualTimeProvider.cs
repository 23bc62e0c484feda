namespace TwoFactor.Testing;

/// <summary>A clock that stands still until a test moves it, in either direction.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    /// <summary>A clock at a fixed, unremarkable moment that lies on a 30-second boundary.</summary>
    public ManualTimeProvider() : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>The moment it shows.</summary>
    public DateTimeOffset Now => GetUtcNow();

    /// <summary>Moves the clock by <paramref name="by"/>, back when negative.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void SetTo(DateTimeOffset moment) => Interlocked.Exchange(ref _ticks, moment.UtcTicks);
}
