using System.Globalization;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Spans of time in words.</summary>
public static class Durations
{
    /// <summary>"45 seconds", "1 minute", "3 hours", "2 days": rounded up, so that nobody comes back too early.</summary>
    public static string InWords(TimeSpan span)
    {
        var length = span.Duration();
        if (length < TimeSpan.FromMinutes(1)) return Counted(Math.Ceiling(length.TotalSeconds), "second");
        if (length < TimeSpan.FromHours(1)) return Counted(Math.Ceiling(length.TotalMinutes), "minute");
        return length < TimeSpan.FromDays(1) ? Counted(Math.Ceiling(length.TotalHours), "hour") : Counted(Math.Ceiling(length.TotalDays), "day");
    }

    public static string Counted(double count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:0} {noun}{(count == 1 ? "" : "s")}");
}
