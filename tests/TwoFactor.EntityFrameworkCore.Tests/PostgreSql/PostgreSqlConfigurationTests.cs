using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Ways to say where the database is, and settings of a server under which the store could not keep its promises.</summary>
[TestFixture]
[Feature("X1")]
public sealed class PostgreSqlConfigurationTests
{
    [Test]
    public async Task Ids_stand_in_ordinal_order_whatever_the_database_sorts_by()
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync();
        Assert.That(database.Execute("SELECT 'a' < 'B'"), Is.True, "The negative control: the default is not by ordinal.");
        Assert.That(
            database.Execute("SELECT string_agg(table_name || '.' || column_name, ' ' ORDER BY table_name, column_name) FROM information_schema.columns"
                + " WHERE table_name LIKE 'two_factor%' AND column_name IN ('user_id', 'id', 'organization', 'subject', 'chain', 'sink', 'group', 'name_folded')"
                + " AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C' AND (table_name, column_name) <> ('two_factor_directory_users', 'name_folded')"),
            Is.EqualTo(DBNull.Value));
    }

    [Test]
    public async Task An_account_stays_in_its_row()
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync();
        Assert.That(database.Execute("SELECT array_to_string(reloptions, ',') FROM pg_class WHERE relname = 'two_factor_accounts'"), Is.EqualTo("toast_tuple_target=8160"));
        var store = database.CreateStore();
        var (account, events) = Rows.Next(null, 1);
        // As long as one with backup codes and a challenge, and as hard to compress.
        var hashes = Enumerable.Range(0, 40).Select(_ => (string?)Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        account = account with { BackupCodes = new BackupCodeSet { EnrollmentId = EnrollmentId.New(), GeneratedAt = DateTimeOffset.UnixEpoch, Hashes = [.. hashes] } };
        Assert.That(await store.TrySaveAsync(account, 0, events, CancellationToken.None), Is.True);
        Assert.That(database.Execute("SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'two_factor_accounts'"), Is.Zero);
        Assert.That(database.Execute("SELECT MAX(pg_column_size(data)) > 2700 FROM two_factor_accounts"), Is.True);
    }

    [Test]
    public async Task A_collation_that_is_not_by_ordinal_is_refused()
    {
        await using var database = await TemporaryPostgreSql.EmptyAsync();
        await using var context = new SortingContext(database.Options<SortingContext>());
        Assert.That(
            () => context.Database.EnsureTwoFactorSchemaAsync(),
            Throws.InvalidOperationException.With.Message.Contains("und-x-icu").And.Message.Contains("user_id"));
    }

    [TestCase("synchronous_commit", "off")]
    [TestCase("default_transaction_isolation", "serializable")]
    [TestCase("default_transaction_isolation", "repeatable\\ read")]
    public async Task A_setting_under_which_a_code_could_be_accepted_twice_is_refused_by_name(string setting, string value)
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync($"Options=-c {setting}={value}");
        Assert.That(
            () => database.CreateStore().WriteAsync(1),
            Throws.InvalidOperationException.With.Message.Contains($"{setting} = {value.Replace("\\", "", StringComparison.Ordinal)}"));
        await using var context = database.CreateContext();
        Assert.That(() => context.Database.VerifyTwoFactorSchemaAsync(), Throws.InvalidOperationException.With.Message.Contains(setting));
    }

    [Test]
    public async Task A_context_that_has_been_used_gives_the_store_its_password()
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync();
        await using var context = database.CreateHostContext();
        await context.Database.OpenConnectionAsync();
        Assert.That(context.Database.GetDbConnection().ConnectionString, Does.Not.Contain("Password"));
        await context.Database.CloseConnectionAsync();
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.False);
        Assert.That(await new EntityFrameworkAccountStore(() => context, TimeProvider.System).WriteAsync(1), Is.True);
    }

    [Test]
    public async Task A_data_source_is_taken_as_well_as_a_connection_string()
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>().UseNpgsql(source).Options;
        var store = new EntityFrameworkAccountStore(() => new TwoFactorDbContext(options), TimeProvider.System);
        Assert.That(await store.WriteAsync(1), Is.True);
        Assert.That(await store.WriteAsync(2), Is.True);
        Assert.That(await store.EpochAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_connection_object_is_refused_because_the_host_would_share_it()
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>().UseNpgsql(connection).Options;
        var store = new EntityFrameworkAccountStore(() => new TwoFactorDbContext(options), TimeProvider.System);
        Assert.That(() => store.WriteAsync(1), Throws.InvalidOperationException.With.Message.Contains("connection string"));
    }

    [Test]
    public async Task What_the_host_says_of_its_connections_is_kept()
    {
        await using var database = await TemporaryPostgreSql.WithSchemaAsync("Max Auto Prepare=0;Application Name=shop");
        Assert.That(await database.CreateStore().WriteAsync(1), Is.True);
        Assert.That(database.Execute("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'shop'"), Is.GreaterThan(1L));
    }

    private sealed class SortingContext(DbContextOptions<SortingContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.UseTwoFactor();
            modelBuilder.Entity<Tables.AccountRow>().Property(row => row.UserId).UseCollation("und-x-icu");
        }
    }
}
