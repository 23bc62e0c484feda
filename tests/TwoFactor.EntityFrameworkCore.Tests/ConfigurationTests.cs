using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A store that cannot work is an error when the host starts, and says what to do.</summary>
[TestFixture]
[Feature("X1")]
public sealed class ConfigurationTests
{
    [Test]
    public async Task An_unknown_provider_is_named() => Assert.That(
        await FaultAtStartAsync<NotSupportedException, HostContext>(
            options => options.UseSqlite("Data Source=unused.db").ReplaceService<IDatabaseProvider, OtherProvider>()),
        Does.Contain("Example.Provider").And.Contains("Npgsql.EntityFrameworkCore.PostgreSQL").And.Contains("Microsoft.EntityFrameworkCore.Sqlite"));

    [Test]
    public async Task A_context_without_the_tables_is_told_to_call_UseTwoFactor() => Assert.That(
        await FaultAtStartAsync<InvalidOperationException, BareContext>(options => options.UseSqlite("Data Source=unused.db")),
        Does.Contain("BareContext").And.Contains("UseTwoFactor()"));

    [Test]
    public async Task A_connection_object_is_refused_because_the_host_would_share_it()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        Assert.That(
            await FaultAtStartAsync<InvalidOperationException, HostContext>(options => options.UseSqlite(connection)),
            Does.Contain("connection string"));
    }

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=name;Mode=Memory")]
    [TestCase("DataSource=file::memory:")]
    [TestCase("Filename=file:name?mode=memory")]
    public async Task A_database_that_every_connection_has_for_itself_is_refused(string connectionString) => Assert.That(
        await FaultAtStartAsync<InvalidOperationException, HostContext>(options => options.UseSqlite(connectionString)),
        Does.Contain("Cache=Shared"));

    [Test]
    public async Task A_collation_under_which_two_users_are_one_is_refused() => Assert.That(
        await FaultAtStartAsync<InvalidOperationException, CaseBlindContext>(options => options.UseSqlite("Data Source=unused.db")),
        Does.Contain("NOCASE").And.Contains("user_id"));

    [Test]
    public async Task A_store_that_the_host_replaced_is_not_checked()
    {
        using var host = BuildHost<BareContext>(options => options.UseSqlite("Data Source=unused.db"), builder => builder.UseInMemoryStore());
        await host.StartAsync();
        Assert.That(host.Services.GetRequiredService<IAccountStore>(), Is.InstanceOf<InMemoryAccountStore>());
        await host.StopAsync();
    }

    [Test]
    public async Task Contexts_are_taken_however_they_are_registered([Values(0, 1, 2, 3)] int registration)
    {
        using var database = new TemporaryDatabase();
        await using (var context = database.CreateHostContext()) await context.Database.EnsureTwoFactorSchemaAsync();
        var services = new ServiceCollection();
        void Sqlite(DbContextOptionsBuilder options) => options.UseSqlite(database.ConnectionString);
        _ = registration switch
        {
            0 => services.AddDbContext<HostContext>(Sqlite),
            1 => services.AddDbContextPool<HostContext>(Sqlite),
            2 => services.AddDbContextFactory<HostContext>(Sqlite),
            _ => services.AddPooledDbContextFactory<HostContext>(Sqlite),
        };
        services.AddTwoFactor(options => options.Issuer = "Example").AddEntityFrameworkStore<HostContext>();
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var store = provider.GetRequiredService<IAccountStore>();
        Assert.That(await store.WriteAsync(1), Is.True);
        Assert.That(store, Is.SameAs(provider.GetRequiredService<EntityFrameworkAccountStore>()));
    }

    [TestCase("Data Source=a.db", "DataSource=./a.db")]
    [TestCase("Data Source=a.db;Cache=Private", "Filename=x/../a.db;Default Timeout=3")]
    [TestCase("Data Source=m;Mode=Memory;Cache=Shared", "data source=m;cache=shared;mode=memory")]
    public void One_database_has_one_key_however_it_is_written(string one, string other)
    {
        Assert.That(SqliteAddress.Parse(one).Key, Is.EqualTo(SqliteAddress.Parse(other).Key));
        Assert.That(SqliteAddress.Parse(one).Key, Is.Not.EqualTo(SqliteAddress.Parse("Data Source=b.db").Key));
    }

    [Test]
    public void A_relative_path_stays_the_file_it_was_first() =>
        Assert.That(SqliteAddress.Parse("Data Source=a.db").ConnectionString, Does.Contain(Path.Combine(Environment.CurrentDirectory, "a.db")));

    private static async Task<string> FaultAtStartAsync<TFault, TContext>(Action<DbContextOptionsBuilder> configure)
        where TFault : Exception
        where TContext : DbContext
    {
        using var host = BuildHost<TContext>(configure, _ => { });
        return (await Assert.ThrowsAsync<TFault>(() => host.StartAsync()))!.Message;
    }

    private static IHost BuildHost<TContext>(Action<DbContextOptionsBuilder> configure, Action<TwoFactorBuilder> more) where TContext : DbContext
    {
        var application = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        application.Services.AddDbContext<TContext>(configure);
        more(application.Services.AddTwoFactor(options => options.Issuer = "Example")
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
            .AddEntityFrameworkStore<TContext>());
        return application.Build();
    }

    private sealed class OtherProvider(DatabaseProviderDependencies dependencies) : DatabaseProvider<SqliteOptionsExtension>(dependencies)
    {
        public override string Name => "Example.Provider";
    }

    private sealed class BareContext(DbContextOptions<BareContext> options) : DbContext(options);

    private sealed class CaseBlindContext(DbContextOptions<CaseBlindContext> options) : DbContext(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
            configurationBuilder.Properties<string>().UseCollation("NOCASE");

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseTwoFactor();
    }
}
