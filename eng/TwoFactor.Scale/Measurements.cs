using System.Diagnostics;
using System.Globalization;
using TwoFactor.Status;

namespace TwoFactor.Scale;

/// <summary>Pages and simulations of companies of several sizes, in turns, so that what else the machine does touches all alike.</summary>
internal sealed class Measurements(IReadOnlyList<(long Users, Company Company)> companies)
{
    private const int Rounds = 101, SearchRounds = 25;

    // What a simulation may hold whatever the number of users: garbage of some pages, far from the gigabytes that the accounts of a million are.
    private const double MostMegabytes = 64;

    /// <summary>The bars that were missed.</summary>
    public List<string> Missed { get; } = [];

    public async Task PagesAsync()
    {
        foreach (var sort in Enum.GetValues<UserListSort>())
        {
            var name = sort.ToString().ToLowerInvariant();
            await PageAsync($"{name}-first", sort, deep: false, slice => slice);
            await PageAsync($"{name}-last-first", sort, deep: false, slice => slice with { Descending = true });
            await PageAsync($"{name}-any-depth", sort, deep: true, slice => slice);
            await PageAsync($"{name}-enrolled-any-depth", sort, deep: true, slice => slice with { Enrolled = true });
            await PageAsync($"{name}-locked", sort, deep: false, slice => slice with { Statuses = [CoarseStatus.Locked] });
            await PageAsync($"{name}-not-enrolled-any-depth", sort, deep: true, slice => slice with { Statuses = [CoarseStatus.NotEnrolled] });
        }

        foreach (var (name, text) in new[] { ("miss", "xylophone"), ("one", "7@"), ("rare", "zo\u00EB zimmer"), ("word", "schmidt"), ("common", "an"), ("everybody", "example") })
            await PageAsync($"search-{name}", UserListSort.Name, deep: false, slice => slice with { Search = text });
    }

    public async Task SimulationsAsync()
    {
        foreach (var (users, company) in companies)
        {
            GC.Collect();
            var (before, peak) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
            await using var watch = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 20);
            var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var report = await company.SimulateAsync();
            var elapsed = Stopwatch.GetElapsedTime(start);
            var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"what-if {users} users: {report.Users} counted, {elapsed.TotalSeconds:F2} s, of the processor {(Environment.CpuUsage.TotalTime - used).TotalSeconds:F2} s, peak managed {peak / 1e6:F1} MB, kept {kept / 1e6:F2} MB"));
            var fits = peak / 1e6 <= MostMegabytes;
            if (!fits) Missed.Add("what-if-megabytes");
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"ratio what-if-megabytes {peak / 1e6:F1} bar <={MostMegabytes} {(fits ? "pass" : "miss")}  # {users} users; megabytes, not a ratio"));
            foreach (var change in report.Changes) await Console.Out.WriteLineAsync($"  {change.Now} -> {change.Then}: {change.Users}");
        }
    }

    private async Task PageAsync(string name, UserListSort sort, bool deep, Func<UserListSlice, UserListSlice> change)
    {
        var searches = name.StartsWith("search", StringComparison.Ordinal);
        var rounds = searches ? SearchRounds : Rounds;
        var slice = change(new UserListSlice { Organization = Generator.Organization(0), Now = People.Now, Sort = sort, Count = 50 });
        var (times, rows) = (companies.ToDictionary(c => c.Users, _ => new List<double>()), companies.ToDictionary(c => c.Users, _ => 0));
        var places = new Dictionary<long, List<UserListCursor>>();
        foreach (var (users, company) in companies) places[users] = deep ? await company.PlacesAsync(sort, rounds + 2) : [];
        for (var round = 0; round < rounds + 2; round++)
        {
            foreach (var (users, company) in companies)
            {
                var (milliseconds, count) = await company.PageAsync(deep ? slice with { After = places[users][round % places[users].Count] } : slice);
                rows[users] = Math.Max(rows[users], count);
                // The first ones warm up.
                if (round >= 2) times[users].Add(milliseconds);
            }
        }

        var medians = companies.Select(c => (c.Users, Median: times[c.Users].Order().ElementAt(rounds / 2), Worst: times[c.Users].Max(), Rows: rows[c.Users])).ToArray();
        var ratio = medians[^1].Median / medians[0].Median;
        // A page of fewer rows says nothing of one of more, and how many a search finds grows with the users.
        var barred = medians[0].Rows == medians[^1].Rows && !searches;
        if (barred && ratio > 2) Missed.Add("page-" + name);
        var bar = barred ? $" bar <=2 {(ratio <= 2 ? "pass" : "miss")}" : "";
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ratio page-{name} {ratio:F2}{bar}  # ")
            + string.Join("; ", medians.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Users}: {m.Median:F2} ms, worst {m.Worst:F2}, {m.Rows} rows"))));
    }
}
