using System.Diagnostics;
using TwoFactor.Benchmarks.Scenarios;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>Whole sign-ins: bytes in memory, throughput and tail on SQLite beside raw ADO.NET.</summary>
internal static class SignInBars
{
    private const int Clients = 32;

    public static async Task<List<Bar>> MeasureAsync(int runs, TimeSpan turn)
    {
        List<Bar> bars = [];
        await using (var memory = await SignInHost.CreateAsync())
            bars.Add(Bar.AtMost("sign-in-memory-bytes", Allocations.PerCall(() => memory.SignInAsync().AsTask().Wait()), 2_048));

        using var folder = new TemporaryFolder();
        using var writer = new SemaphoreSlim(1, 1);
        var raw = new List<RawSignIn>();
        var hosts = new List<SignInHost>();
        for (var i = 0; i < Clients; i++) raw.Add(await RawSignIn.CreateAsync(folder.File("raw.db"), $"user-{i}", writer));
        for (var i = 0; i < Clients; i++) hosts.Add(await SignInHost.CreateAsync($"user-{i}", folder.File("accounts.db")));
        await RunAsync([.. raw.Select(client => (Func<ValueTask>)client.SignInAsync)], turn);
        await RunAsync([.. hosts.Select(client => (Func<ValueTask>)client.SignInAsync)], turn);

        List<double> ratios = [], tails = [];
        List<string> notes = [];
        var failures = 0;
        for (var run = 0; run < runs; run++)
        {
            var floor = await RunAsync([.. raw.Select(client => (Func<ValueTask>)client.SignInAsync)], turn);
            var measured = await RunAsync([.. hosts.Select(client => (Func<ValueTask>)client.SignInAsync)], turn);
            ratios.Add(measured.PerSecond / floor.PerSecond);
            tails.Add(measured.P99 / (4 * measured.P50 + 20));
            failures += measured.Failures;
            notes.Add(FormattableString.Invariant(
                $"{measured.PerSecond:0}/s of {floor.PerSecond:0}/s, p50 {measured.P50:0.0} ms, p99 {measured.P99:0.0} ms"));
        }

        var note = string.Join("; ", notes);
        bars.Add(Bar.AtLeast("sign-in-sqlite-throughput", Interleaved.Median(ratios), 0.8, note));
        bars.Add(Bar.AtMost("sign-in-sqlite-p99", Interleaved.Median(tails), 1, "of 4 x p50 + 20 ms at 32 clients"));
        bars.Add(Bar.AtMost("sign-in-sqlite-failures", failures, 0));
        foreach (var host in hosts) await host.DisposeAsync();
        foreach (var client in raw) client.Dispose();
        return bars;
    }

    private static async Task<Load> RunAsync(Func<ValueTask>[] clients, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(clients.Select(client => Task.Run(() => RepeatAsync(client, start, duration))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sorted = times.SelectMany(t => t.Milliseconds).Order().ToArray();
        return new Load(sorted.Length / seconds, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], times.Sum(t => t.Failures));
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

    private sealed record Load(double PerSecond, double P50, double P99, int Failures);
}
