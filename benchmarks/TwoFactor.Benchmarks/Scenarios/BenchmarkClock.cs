namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>A clock that moves by whole steps, so that every sign-in has a code of its own.</summary>
internal sealed class BenchmarkClock : TimeProvider
{
    private DateTimeOffset _now = Inputs.Now;

    public void NextStep() => _now += TimeSpan.FromSeconds(30);

    public override DateTimeOffset GetUtcNow() => _now;
}
