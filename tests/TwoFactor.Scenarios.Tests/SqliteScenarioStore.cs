using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Scenarios;

/// <summary>Accounts, policies, audit events, users and memberships in one SQLite file, deleted afterwards.</summary>
public sealed class SqliteScenarioStore : ScenarioStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("two-factor-scenario-");

    private string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "scenario.db")}";

    public override void Use(TwoFactorBuilder builder) => builder.AddEntityFrameworkStore(options => options.UseSqlite(ConnectionString));

    public override void UseDirectory(TwoFactorBuilder builder) => builder.AddEntityFrameworkDirectory();

    public override async Task PrepareAsync(IServiceProvider services)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<TwoFactorDbContext>>().CreateDbContextAsync();
        await context.Database.EnsureTwoFactorSchemaAsync();
    }

    internal override IDirectoryDriver DirectoryOf(IServiceProvider services) => new DatabaseDirectoryDriver(services.GetRequiredService<EntityFrameworkDirectory>());

    protected override void Dispose(bool disposing)
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }
}
