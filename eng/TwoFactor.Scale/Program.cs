using System.Diagnostics;
using System.Globalization;
using TwoFactor.Scale;
using TwoFactor.Testing.PostgreSql;

// dotnet run -c Release --project eng/TwoFactor.Scale -- <folder> [--postgresql] [pages] [what-if] [plans] [users ...]
// Makes a database for each number of users, unless it is there, and measures lists and simulations over them in turns: SQLite files, or databases
// of a PostgreSQL server of its own. Wants a machine that is otherwise idle.
if (args is not [var folder, .. var rest])
{
    await Console.Error.WriteLineAsync(
        "usage: TwoFactor.Scale <folder> [--postgresql] [pages] [what-if] [plans] [users ...]\n"
        + "default: pages, what-if and plans of 1000 and 1000000 users; a million takes some 4 GB and minutes");
    return 2;
}

string[] all = ["pages", "what-if", "plans"];
string[] parts = rest.Intersect(all).Any() ? [.. rest.Intersect(all)] : all;
var onPostgreSql = rest.Contains("--postgresql");
long[] users = [.. rest.Except(all).Except(["--postgresql"]).Select(size => long.Parse(size, CultureInfo.InvariantCulture)).Order()];
if (users.Length == 0) users = [1_000, 1_000_000];
Directory.CreateDirectory(folder);
await using var cluster = onPostgreSql ? await ServerAsync(folder) : null;

var companies = new List<(long Users, Target Target, Company Company)>();
foreach (var count in users)
{
    var (target, start) = (await TargetAsync(count), Stopwatch.GetTimestamp());
    var made = await Generator.RunAsync(target, count, organizations: 1000);
    var (took, bytes) = (Stopwatch.GetElapsedTime(start), await target.SizeAsync());
    await target.WarmAsync();
    await Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{count} users in 1000 organisations: {bytes / 1e6:F0} MB, {(made ? $"made in {took.TotalSeconds:F0} s" : "there already")}"));
    companies.Add((count, target, new Company(target, count)));
}

var load = File.Exists("/proc/loadavg") ? await File.ReadAllTextAsync("/proc/loadavg") : "unknown";
await Console.Out.WriteLineAsync($".NET {Environment.Version}, {Environment.ProcessorCount} processors, load {load.Trim()}, huge pages {HugePages()}");
var measurements = new Measurements([.. companies.Select(company => (company.Users, company.Company))]);
if (parts.Contains("pages")) await measurements.PagesAsync();
if (parts.Contains("what-if")) await measurements.SimulationsAsync();
if (parts.Contains("plans")) await Plans.PrintAsync(companies[^1].Target, companies[^1].Company);
foreach (var (_, _, company) in companies) await company.DisposeAsync();
if (measurements.Missed is { Count: > 0 } missed) await Console.Out.WriteLineAsync($"Missed: {string.Join(", ", missed)}");
return measurements.Missed.Count == 0 ? 0 : 1;

// What the system has set aside and what of it is free; PostgreSQL takes them where it can.
static string HugePages()
{
    const string file = "/proc/meminfo";
    if (!File.Exists(file)) return "unknown";
    var lines = File.ReadLines(file).Where(line => line.StartsWith("HugePages_", StringComparison.Ordinal)).Select(line => line.Split(':', StringSplitOptions.TrimEntries));
    var values = lines.ToDictionary(pair => pair[0], pair => pair[1]);
    return values.TryGetValue("HugePages_Total", out var total) ? $"{total}, free {values["HugePages_Free"]}" : "unknown";
}

async Task<Target> TargetAsync(long count)
{
    var name = $"scale_{count}";
    if (cluster is null) return new SqliteTarget(Path.Combine(folder, name + ".db"));
    if ((await cluster.ExecuteAsync($"SELECT 1 FROM pg_database WHERE datname = '{name}'")).Length == 0) await cluster.ExecuteAsync($"CREATE DATABASE {name}");
    return new PostgreSqlTarget(cluster.ConnectionString(name));
}

// Its data stays in the folder. With the memory that a server of this size is given, by the manual's rule of a quarter.
static async Task<PostgreSqlCluster> ServerAsync(string folder)
{
    var server = await PostgreSqlCluster.StartAsync(Path.Combine(folder, "postgresql"));
    await server.ExecuteAsync("ALTER SYSTEM SET shared_buffers = '4GB'");
    await server.ExecuteAsync("ALTER SYSTEM SET max_wal_size = '8GB'");
    await server.RestartAsync();
    return server;
}
