using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Organizations;
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

    internal override IDirectoryDriver DirectoryOf(IServiceProvider services) => new Driver(services.GetRequiredService<EntityFrameworkDirectory>());

    protected override void Dispose(bool disposing)
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }

    private sealed class Driver(EntityFrameworkDirectory directory) : IDirectoryDriver
    {
        public void Put(DirectoryUser user) => Wait(directory.PutAsync(user));

        public void Join(OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind, string? identityProvider) =>
            Wait(directory.JoinAsync(organization, user, at, kind, identityProvider));

        public void Leave(OrganizationId organization, UserId user) => Wait(directory.LeaveAsync(organization, user));

        public void JoinGroup(OrganizationId organization, UserId user, string group, DateTimeOffset at) =>
            Wait(directory.JoinGroupAsync(organization, user, group, at));

        public void LeaveGroup(OrganizationId organization, UserId user, string group) => Wait(directory.LeaveGroupAsync(organization, user, group));

        // The scenarios' directory is synchronous; the tests' threads are their own.
        private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
    }
}
