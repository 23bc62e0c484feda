using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>Whole sign-ins: bytes in memory, throughput and tail on SQLite and PostgreSQL beside raw ADO.NET.</summary>
internal static class SignInBars
{
    private const int Clients = 32;
    private const int WarmUpTurns = 6;

    public static async Task<List<Bar>> MeasureAsync(int runs, TimeSpan turn)
    {
        List<Bar> bars = [];
        await using (var memory = await SignInHost.CreateAsync())
            bars.Add(Bar.AtMost("sign-in-memory-bytes", Allocations.PerCall(() => memory.SignInAsync().AsTask().Wait()), 2_048));

        var account = await SavedAccount.OfOneSignInAsync();
        using var folder = new TemporaryFolder();
        using var writer = new SemaphoreSlim(1, 1);
        var raw = new List<RawSignIn>();
        var hosts = new List<SignInHost>();
        for (var i = 0; i < Clients; i++) raw.Add(await RawSignIn.CreateAsync(folder.File("raw.db"), $"user-{i}", writer, account));
        for (var i = 0; i < Clients; i++) hosts.Add(await SignInHost.CreateAsync($"user-{i}", folder.File("accounts.db")));
        bars.AddRange(await CompareAsync("sqlite", [.. raw.Select(client => (Func<ValueTask>)client.SignInAsync)], hosts, runs, turn));
        foreach (var host in hosts) await host.DisposeAsync();
        foreach (var client in raw) client.Dispose();
        return bars;
    }

    /// <summary>On a server of its own. Beside two floors: the statement that the store sends, and one for each step in one transaction.</summary>
    public static async Task<List<Bar>> MeasurePostgreSqlAsync(int runs, TimeSpan turn)
    {
        if (!PostgreSqlCluster.IsInstalled)
        {
            const string why = "PostgreSQL is not installed";
            return [Bar.Unmeasured("sign-in-postgresql-throughput", 0.8, reach: true, why), Bar.Unmeasured("sign-in-postgresql-p99", 1, reach: false, why)];
        }

        await using var cluster = await PostgreSqlCluster.StartAsync();
        var account = await SavedAccount.OfOneSignInAsync();
        List<Bar> bars = [];
        foreach (var (name, oneStatement) in new[] { ("postgresql", true), ("postgresql-beside-steps", false) })
        {
            var (floor, measured) = (await cluster.CreateDatabaseAsync(), $"{await cluster.CreateDatabaseAsync()};Maximum Pool Size={Clients}");
            var raw = new List<RawPostgreSqlSignIn>();
            var hosts = new List<SignInHost>();
            for (var i = 0; i < Clients; i++) raw.Add(await RawPostgreSqlSignIn.CreateAsync(floor, $"user-{i}", oneStatement, account));
            for (var i = 0; i < Clients; i++) hosts.Add(await SignInHost.CreateAsync($"user-{i}", postgreSql: measured));
            bars.AddRange(await CompareAsync(name, [.. raw.Select(client => (Func<ValueTask>)client.SignInAsync)], hosts, runs, turn));
            foreach (var host in hosts) await host.DisposeAsync();
            foreach (var client in raw) await client.DisposeAsync();
        }

        return bars;
    }

    private static async Task<Bar[]> CompareAsync(string name, Func<ValueTask>[] raw, List<SignInHost> hosts, int runs, TimeSpan turn)
    {
        Func<ValueTask>[] clients = [.. hosts.Select(client => (Func<ValueTask>)client.SignInAsync)];
        // Until the compiler is done with both.
        await ClientLoad.RunAsync(raw, WarmUpTurns * turn);
        await ClientLoad.RunAsync(clients, WarmUpTurns * turn);

        List<double> ratios = [], tails = [];
        List<string> notes = [];
        var failures = 0;
        for (var run = 0; run < runs; run++)
        {
            var floor = await ClientLoad.RunAsync(raw, turn);
            var measured = await ClientLoad.RunAsync(clients, turn);
            ratios.Add(measured.PerSecond / floor.PerSecond);
            tails.Add(measured.P99 / (4 * measured.P50 + 20));
            failures += measured.Failures;
            notes.Add(FormattableString.Invariant(
                $"{measured.PerSecond:0}/s of {floor.PerSecond:0}/s, p50 {measured.P50:0.0} ms, p99 {measured.P99:0.0} ms"));
        }

        return
        [
            Bar.AtLeast($"sign-in-{name}-throughput", Interleaved.Median(ratios), 0.8, string.Join("; ", notes)),
            Bar.AtMost($"sign-in-{name}-p99", Interleaved.Median(tails), 1, "of 4 x p50 + 20 ms at 32 clients"),
            Bar.AtMost($"sign-in-{name}-failures", failures, 0),
        ];
    }
}
