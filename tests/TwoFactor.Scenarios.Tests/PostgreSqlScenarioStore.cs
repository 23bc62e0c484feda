using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Testing.PostgreSql;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Scenarios;

/// <summary>Accounts, policies, audit events, users and memberships in a PostgreSQL database of their own, on the server of the test run.</summary>
public sealed class PostgreSqlScenarioStore : ScenarioStore
{
    private string? _connectionString;

    // Asked for when the host is built, which is not asynchronous; the tests' threads are their own.
    private string ConnectionString => _connectionString ??= CreateAsync().GetAwaiter().GetResult();

    public override void Use(TwoFactorBuilder builder)
    {
        var connectionString = ConnectionString;
        builder.AddEntityFrameworkStore(options => options.UseNpgsql(connectionString));
    }

    public override void UseDirectory(TwoFactorBuilder builder) => builder.AddEntityFrameworkDirectory();

    public override async Task PrepareAsync(IServiceProvider services)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<TwoFactorDbContext>>().CreateDbContextAsync();
        await context.Database.EnsureTwoFactorSchemaAsync();
    }

    internal override IDirectoryDriver DirectoryOf(IServiceProvider services) => new DatabaseDirectoryDriver(services.GetRequiredService<EntityFrameworkDirectory>());

    // Few connections, because the database and its pool stay until the server is stopped.
    private static async Task<string> CreateAsync() => $"{await (await SharedPostgreSql.GetAsync()).CreateDatabaseAsync()};Maximum Pool Size=4;Connection Idle Lifetime=1;Connection Pruning Interval=1";
}
