using TwoFactor.Benchmarks.Scenarios;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>
/// Whole sign-ins of users drawn at random from a thousand and from a million accounts, in turns. Each client has users of its own, so that
/// no two write one account.
/// </summary>
internal static class GrowthBars
{
    private const int Clients = 32, Few = 1_000, Many = 1_000_000;
    private const double Limit = 0.85;

    public static async Task<Bar> MeasureSqliteAsync(int runs, TimeSpan turn)
    {
        using var crowd = await Crowd.CreateAsync();
        using var folder = new TemporaryFolder();
        foreach (var (file, members) in new[] { ("few.db", Few), ("many.db", Many) }) await CrowdDatabase.FillSqliteAsync(folder.File(file), crowd, members);
        return await CompareAsync("sqlite", crowd, folder.File("few.db"), folder.File("many.db"), postgreSql: false, runs, turn);
    }

    /// <summary>On a server of its own, whose buffers are small: the machine's cache holds what they do not.</summary>
    public static async Task<Bar> MeasurePostgreSqlAsync(int runs, TimeSpan turn)
    {
        if (!PostgreSqlCluster.IsInstalled) return Bar.Unmeasured("growth-throughput-1e6-accounts-postgresql", Limit, reach: true, "PostgreSQL is not installed");
        using var crowd = await Crowd.CreateAsync();
        await using var cluster = await PostgreSqlCluster.StartAsync();
        var (few, many) = (await DatabaseAsync(cluster), await DatabaseAsync(cluster));
        foreach (var (database, members) in new[] { (few, Few), (many, Many) }) await CrowdDatabase.FillPostgreSqlAsync(database, crowd, members);
        return await CompareAsync("postgresql", crowd, few, many, postgreSql: true, runs, turn);
    }

    private static async Task<string> DatabaseAsync(PostgreSqlCluster cluster) => $"{await cluster.CreateDatabaseAsync()};Maximum Pool Size={Clients}";

    private static async Task<Bar> CompareAsync(string name, Crowd crowd, string few, string many, bool postgreSql, int runs, TimeSpan turn)
    {
        var (fewHosts, manyHosts) = (await HostsAsync(few, crowd, postgreSql), await HostsAsync(many, crowd, postgreSql));
        var (fewClients, manyClients) = (ClientsOf(fewHosts, Few), ClientsOf(manyHosts, Many));
        await ClientLoad.RunAsync(fewClients, 2 * turn);
        await ClientLoad.RunAsync(manyClients, 2 * turn);
        List<double> ratios = [];
        List<string> notes = [];
        var failures = 0;
        for (var run = 0; run < runs; run++)
        {
            var floor = await ClientLoad.RunAsync(fewClients, turn);
            var measured = await ClientLoad.RunAsync(manyClients, turn);
            ratios.Add(measured.PerSecond / floor.PerSecond);
            failures += floor.Failures + measured.Failures;
            notes.Add(FormattableString.Invariant($"{measured.PerSecond:0}/s with 10^6, {floor.PerSecond:0}/s with 10^3, p99 {measured.P99:0.0} ms of {floor.P99:0.0} ms"));
        }

        foreach (var host in (SignInHost[])[.. fewHosts, .. manyHosts]) await host.DisposeAsync();
        // A sign-in that fails is none.
        return failures == 0
            ? Bar.AtLeast($"growth-throughput-1e6-accounts-{name}", Interleaved.Median(ratios), Limit, string.Join("; ", notes))
            : Bar.AtMost($"growth-failures-{name}", failures, 0);
    }

    private static async Task<SignInHost[]> HostsAsync(string database, Crowd crowd, bool postgreSql)
    {
        var hosts = new SignInHost[Clients];
        for (var i = 0; i < Clients; i++)
            hosts[i] = await SignInHost.OverAsync(crowd, postgreSql ? null : database, postgreSql ? database : null);
        return hosts;
    }

    private static Func<ValueTask>[] ClientsOf(SignInHost[] hosts, int members) =>
        [.. hosts.Select((host, client) => (Func<ValueTask>)(() => host.SignInAsync(Crowd.Member(Drawn(client, members)))))];

    // Which of a client's own users; the spread matters and the secrecy does not.
#pragma warning disable CA5394, RS0030
    private static int Drawn(int client, int members) => Random.Shared.Next(members / Clients) * Clients + client;
#pragma warning restore CA5394, RS0030
}
