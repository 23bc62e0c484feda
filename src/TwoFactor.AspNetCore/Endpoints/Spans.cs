namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>
/// Spans of time as numbers. What is too large for a <see cref="TimeSpan"/> becomes the largest one, so that the core refuses it and says what is allowed.
/// </summary>
internal static class Spans
{
    public static TimeSpan OfDays(double days) => Of(days * TimeSpan.TicksPerDay);

    public static TimeSpan OfSeconds(double seconds) => Of(seconds * TimeSpan.TicksPerSecond);

    private static TimeSpan Of(double ticks) => ticks switch
    {
        >= long.MaxValue => TimeSpan.MaxValue,
        <= long.MinValue => TimeSpan.MinValue,
        _ => new TimeSpan((long)Math.Round(ticks)),
    };
}
