using System.Diagnostics;
using System.Globalization;
using TwoFactor.Scale;

// dotnet run -c Release --project eng/TwoFactor.Scale -- <folder> [users ...]
// Makes a SQLite file for each number of users, unless it is there, and measures lists and simulations over them in turns.
if (args is not [var folder, .. var sizes])
{
    await Console.Error.WriteLineAsync("usage: TwoFactor.Scale <folder> [users ...]   (default 1000 100000 1000000; a million takes some 4 GB and minutes)");
    return 2;
}

Directory.CreateDirectory(folder);
long[] users = sizes.Length == 0 ? [1_000, 100_000, 1_000_000] : [.. sizes.Select(size => long.Parse(size, CultureInfo.InvariantCulture)).Order()];
var companies = new List<(long Users, Company Company)>();
foreach (var count in users)
{
    var file = Path.Combine(folder, $"scale-{count}.db");
    var start = Stopwatch.GetTimestamp();
    await Generator.RunAsync(file, count, organizations: 1000);
    await Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{count} users in 1000 organisations: {new FileInfo(file).Length / 1e6:F0} MB, made in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
    companies.Add((count, new Company(file, count)));
}

var load = File.Exists("/proc/loadavg") ? await File.ReadAllTextAsync("/proc/loadavg") : "unknown";
await Console.Out.WriteLineAsync($".NET {Environment.Version}, {Environment.ProcessorCount} processors, load {load.Trim()}");
var measurements = new Measurements(companies);
await measurements.PagesAsync();
await measurements.SimulationsAsync();
foreach (var (_, company) in companies) await company.DisposeAsync();
return 0;
