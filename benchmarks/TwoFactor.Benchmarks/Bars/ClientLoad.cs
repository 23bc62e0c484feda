using System.Diagnostics;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>Many clients that each do one thing again and again for a time: throughput, tail and failures.</summary>
internal sealed record ClientLoad(double PerSecond, double P50, double P99, int Failures)
{
    public static async Task<ClientLoad> RunAsync(Func<ValueTask>[] clients, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(clients.Select(client => Task.Run(() => RepeatAsync(client, start, duration))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sorted = times.SelectMany(t => t.Milliseconds).Order().ToArray();
        return new ClientLoad(sorted.Length / seconds, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], times.Sum(t => t.Failures));
    }

    private static async Task<(List<double> Milliseconds, int Failures)> RepeatAsync(Func<ValueTask> client, long start, TimeSpan duration)
    {
        var times = new List<double>();
        var failures = 0;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                await client();
            }
            // Counted: no operation may fail, whatever the reason.
#pragma warning disable CA1031
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (failures++ == 0) Console.Error.WriteLine(e);
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (times, failures);
    }
}
