using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Status;

namespace TwoFactor.Scale;

/// <summary>One file of users, and the library over it as a host has it.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly long _users;

    public Company(string file, long users)
    {
        _users = users;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new StandingTime());
        services.AddTwoFactor(options => options.Issuer = "Example").UseSecretKeys("k1", [new("k1", Convert.ToBase64String(Dice.Bytes(0, 90, 32)))])
            .AddEntityFrameworkStore(options => options.UseSqlite($"Data Source={file}")).AddEntityFrameworkDirectory().UseAuthorizer<Everybody>();
        _services = services.BuildServiceProvider();
    }

    /// <summary>Places all over the list: where somebody who is picked stands.</summary>
    public async Task<List<UserListCursor>> PlacesAsync(UserListSort sort, int count)
    {
        var (places, list) = (new List<UserListCursor>(), _services.GetRequiredService<IUserListSource>());
        for (var i = 0; i < count; i++)
        {
            var user = People.IdOf((long)(Dice.Roll(i, 70) % (ulong)_users));
            if (await list.FindAsync(Generator.Organization(0), user, People.Now, default) is { } row) places.Add(UserListCursor.Of(row, sort, People.Now));
        }

        return places;
    }

    /// <summary>Milliseconds of the processor and rows of a page of 50 of the organisation in which all are.</summary>
    public async Task<(double Milliseconds, int Rows)> PageAsync(UserListSlice slice)
    {
        var list = _services.GetRequiredService<IUserListSource>();
        // Time of the processor, which others on the machine do not lengthen.
        var start = Environment.CpuUsage.TotalTime;
        var rows = await list.ReadAsync(slice, default);
        return ((Environment.CpuUsage.TotalTime - start).TotalMilliseconds, rows.Length);
    }

    public async Task<SimulationReport> SimulateAsync() => ((SimulationResult.Simulated)await _services.GetRequiredService<PolicySimulationService>().SimulateAsync(
        new UserId("admin"), PolicyPresets.RequiredAfterGrace(Generator.Organization(0), People.Now), People.Now.AddDays(3))).Report;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Everybody : ITwoFactorAuthorizer
    {
        public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }

    private sealed class StandingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => People.Now;
    }
}

/// <summary>Pages and simulations of companies of several sizes, in turns, so that what else the machine does touches all alike.</summary>
internal sealed class Measurements(IReadOnlyList<(long Users, Company Company)> companies)
{
    private const int Rounds = 25;

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
            foreach (var change in report.Changes) await Console.Out.WriteLineAsync($"  {change.Now} -> {change.Then}: {change.Users}");
        }
    }

    private async Task PageAsync(string name, UserListSort sort, bool deep, Func<UserListSlice, UserListSlice> change)
    {
        var slice = change(new UserListSlice { Organization = Generator.Organization(0), Now = People.Now, Sort = sort, Count = 50 });
        var (times, rows) = (companies.ToDictionary(c => c.Users, _ => new List<double>()), companies.ToDictionary(c => c.Users, _ => 0));
        var places = new Dictionary<long, List<UserListCursor>>();
        foreach (var (users, company) in companies) places[users] = deep ? await company.PlacesAsync(sort, Rounds + 2) : [];
        for (var round = 0; round < Rounds + 2; round++)
        {
            foreach (var (users, company) in companies)
            {
                var (milliseconds, count) = await company.PageAsync(deep ? slice with { After = places[users][round % places[users].Count] } : slice);
                rows[users] = Math.Max(rows[users], count);
                // The first ones warm up.
                if (round >= 2) times[users].Add(milliseconds);
            }
        }

        var medians = companies.Select(c => (c.Users, Median: times[c.Users].Order().ElementAt(Rounds / 2), Worst: times[c.Users].Max(), Rows: rows[c.Users])).ToArray();
        var ratio = medians[^1].Median / medians[0].Median;
        var bar = name.StartsWith("search", StringComparison.Ordinal) ? "" : medians[0].Rows < medians[^1].Rows ? " (fewer rows)" : $" bar <=2 {(ratio <= 2 ? "pass" : "miss")}";
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ratio page-{name} {ratio:F2}{bar}  # ")
            + string.Join("; ", medians.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Users}: {m.Median:F2} ms, worst {m.Worst:F2}, {m.Rows} rows"))));
    }
}
