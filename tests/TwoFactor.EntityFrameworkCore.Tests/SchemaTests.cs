using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
[Feature("X1")]
public sealed class SchemaTests
{
    private const int Tables = 9;

    private const string CountTables = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name LIKE 'two_factor%'";

    [Test]
    public async Task The_tables_are_created_next_to_those_of_the_host_and_only_once()
    {
        using var database = new TemporaryDatabase();
        database.Execute("CREATE TABLE Notes (Id INTEGER PRIMARY KEY, Text TEXT NOT NULL); INSERT INTO Notes VALUES (1, 'kept')");
        await using var context = database.CreateHostContext();
        Assert.That(await context.Database.EnsureCreatedAsync(), Is.False, "EnsureCreated does nothing here.");
        Assert.That(database.Execute(CountTables), Is.EqualTo(0));

        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.True);
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.False);

        Assert.That(database.Execute(CountTables), Is.EqualTo(Tables));
        Assert.That(database.Execute("SELECT Text FROM Notes"), Is.EqualTo("kept"));
        Assert.That(database.Execute("PRAGMA journal_mode"), Is.EqualTo("wal"));
        Assert.That(await database.CreateStore().WriteAsync(1), Is.True);
    }

    [Test]
    public async Task A_context_that_creates_its_whole_model_needs_no_more()
    {
        using var database = new TemporaryDatabase();
        await using var context = database.CreateHostContext();
        await context.Database.EnsureCreatedAsync();
        var created = database.Execute("SELECT group_concat(sql) FROM sqlite_master WHERE name LIKE 'two_factor%'");
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.False);

        using var other = await TemporaryDatabase.WithSchemaAsync();
        Assert.That(other.Execute("SELECT group_concat(sql) FROM sqlite_master WHERE name LIKE 'two_factor%'"), Is.EqualTo(created), "Both ways make the same tables.");
    }

    [Test]
    public async Task Many_nodes_that_start_at_once_create_the_tables_once()
    {
        using var database = new TemporaryDatabase();
        // Half of them write as another process would: with SQLite's lock alone between them.
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await using var context = new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>()
                .UseSqlite(i % 2 == 0 ? database.ConnectionString : $"Data Source=file:{database.Path}?node={i}").Options);
            return await context.Database.EnsureTwoFactorSchemaAsync();
        })));
        Assert.That(created.Count(c => c), Is.EqualTo(1));
        Assert.That(database.Execute(CountTables), Is.EqualTo(Tables));
    }
}
