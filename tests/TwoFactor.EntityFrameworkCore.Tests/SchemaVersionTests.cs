using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>The tables come from the library or from the host's migrations, and are of the version that the library works on.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class SchemaVersionTests(Engine engine)
{
    [TestCase(3, "version 3, made by a newer version")]
    [TestCase(1, "version 1; this version")]
    public async Task Tables_of_another_version_are_refused_at_start_and_at_first_use(int version, string message)
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        database.Execute($"UPDATE two_factor_schema SET version = {version}");
        await using var context = database.CreateContext();
        foreach (var call in (Func<Task>[])
        [
            () => context.Database.EnsureTwoFactorSchemaAsync(),
            () => context.Database.VerifyTwoFactorSchemaAsync(),
            () => database.CreateStore().WriteAsync(1),
            async () => await new EntityFrameworkOrganizationStore(database.CreateContext).LoadAsync(new OrganizationId("acme"), default),
            async () => await new EntityFrameworkAuditLog(database.CreateContext).ReadAsync(0, 9, default),
            async () => await new EntityFrameworkDirectory(database.CreateContext).GetMembershipsAsync(Rows.Alice, default),
        ])
        {
            Assert.That(async () => await call(), Throws.InvalidOperationException.With.Message.Contains(message));
        }

        database.Execute("UPDATE two_factor_schema SET version = 2");
        Assert.That(await database.CreateStore().EpochAsync(), Is.Zero, "Nothing was written.");
    }

    [Test]
    public async Task A_database_without_the_tables_says_what_to_call()
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var context = database.CreateContext();
        Assert.That(() => context.Database.VerifyTwoFactorSchemaAsync(), Throws.InvalidOperationException.With.Message.Contains("EnsureTwoFactorSchemaAsync"));
        var store = database.CreateStore();
        Assert.That(() => store.WriteAsync(1), Throws.InvalidOperationException.With.Message.Contains("EnsureTwoFactorSchemaAsync"));
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.True);
        await context.Database.VerifyTwoFactorSchemaAsync();
        Assert.That(await store.WriteAsync(1), Is.True, "The same store works once there are tables.");
    }

    [Test]
    public async Task Nodes_that_start_at_once_create_the_tables_once()
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            await using var context = database.CreateContext();
            return await context.Database.EnsureTwoFactorSchemaAsync();
        })));
        Assert.That(created.Count(c => c), Is.EqualTo(1));
        Assert.That(await database.CreateStore().WriteAsync(1), Is.True);
    }

    [Test]
    public async Task Half_a_schema_is_refused_by_name()
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        database.Execute("DROP TABLE two_factor_audit_events");
        await using var context = database.CreateContext();
        Assert.That(() => context.Database.EnsureTwoFactorSchemaAsync(), Throws.InvalidOperationException.With.Message.Contains("two_factor_audit_events"));
    }

    [Test]
    public async Task A_migration_of_the_host_makes_the_same_tables_with_their_version()
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var options = new DbContextOptionsBuilder<MigratingContext>();
        database.Use(options);
        // The snapshot that tools write beside a migration is left out here.
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        await using var context = new MigratingContext(options.Options);
        await context.Database.MigrateAsync();
        await context.Database.VerifyTwoFactorSchemaAsync();
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.False);
        var store = new EntityFrameworkAccountStore(() => new MigratingContext(options.Options), TimeProvider.System);
        Assert.That(await store.WriteAsync(1), Is.True);
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
        Assert.That(await context.Notes.CountAsync(), Is.Zero, "The host's own table is there, too.");
    }

    [Test]
    public async Task Names_and_schemas_that_the_host_changes_are_followed()
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var context = new RenamingContext(database.Options<RenamingContext>());
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.True);
        var store = new EntityFrameworkAccountStore(() => new RenamingContext(database.Options<RenamingContext>()), TimeProvider.System);
        Assert.That(await store.WriteAsync(1), Is.True);
        Assert.That(await store.WriteAsync(2), Is.True);
        Assert.That(await store.EpochAsync(), Is.EqualTo(2));
        var schema = engine == Engine.PostgreSql ? "\"mfa\"." : "";
        Assert.That(Convert.ToInt32(database.Execute($"""SELECT COUNT(*) FROM {schema}"mfa ""trail" WHERE "who" = 'alice'"""), null), Is.EqualTo(4));
    }

    internal sealed class MigratingContext(DbContextOptions<MigratingContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseTwoFactor();
    }

    /// <summary>What <c>dotnet ef migrations add</c> writes for the context, by the same differ.</summary>
    [DbContext(typeof(MigratingContext))]
    [Migration("20260101000000_TwoFactor")]
    internal sealed class TwoFactorMigration : Migration
    {
        protected override void BuildTargetModel(ModelBuilder modelBuilder) => modelBuilder.UseTwoFactor();

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            var options = new DbContextOptionsBuilder<MigratingContext>();
            if (migrationBuilder.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL") options.UseNpgsql("Host=unused");
            else options.UseSqlite("Data Source=unused");
            using var context = new MigratingContext(options.Options);
            var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
            migrationBuilder.Operations.AddRange(context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model));
        }
    }

    private sealed class RenamingContext(DbContextOptions<RenamingContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            if (Database.IsNpgsql()) modelBuilder.HasDefaultSchema("mfa");
            modelBuilder.UseTwoFactor();
            modelBuilder.Entity<AccountRow>().ToTable("mfa@shop").Property(row => row.UserId).HasColumnName("order @id");
            modelBuilder.Entity<AuditEventRow>().ToTable("mfa \"trail").Property(row => row.Subject).HasColumnName("who");
        }
    }
}
