using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Status;

namespace TwoFactor.Scale;

/// <summary>One database of users, and the library over it as a host has it.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly long _users;

    public Company(Target target, long users)
    {
        _users = users;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new StandingTime());
        services.AddTwoFactor(options => options.Issuer = "Example").UseSecretKeys("k1", [new("k1", Convert.ToBase64String(Dice.Bytes(0, 90, 32)))])
            .AddEntityFrameworkStore(target.Configure).AddEntityFrameworkDirectory().UseAuthorizer<Everybody>();
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

    /// <summary>Milliseconds and rows of a page of 50 of the organisation in which all are.</summary>
    public async Task<(double Milliseconds, int Rows)> PageAsync(UserListSlice slice)
    {
        var list = _services.GetRequiredService<IUserListSource>();
        var start = Stopwatch.GetTimestamp();
        var rows = await list.ReadAsync(slice, default);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, rows.Length);
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
