namespace TwoFactor.Crash;

/// <summary>Shows each call the time that its order names.</summary>
internal sealed class ClockOfTheOrder : TimeProvider
{
    private static readonly AsyncLocal<DateTimeOffset> s_now = new();

    public static void Show(DateTimeOffset now) => s_now.Value = now;

    public override DateTimeOffset GetUtcNow() => s_now.Value;
}
