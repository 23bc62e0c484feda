using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.PostgreSql;

/// <summary>Writes of the directory about one user take turns on the server.</summary>
[TestFixture]
[Feature("X1")]
public sealed class DirectoryLockTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.WithSchemaAsync(Engine.PostgreSql);

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    public async Task A_write_about_a_user_waits_for_another_about_the_same_user_and_for_no_other()
    {
        var directory = new EntityFrameworkDirectory(_database.CreateContext);
        await using var other = _database.Connect();
        await using var transaction = await other.BeginTransactionAsync();
        await using var take = other.CreateCommand();
        take.CommandText = "SELECT pg_advisory_xact_lock(hashtextextended('two_factor_user:alice', 0))";
        await take.ExecuteNonQueryAsync();

        var alice = directory.PutAsync(new DirectoryUser(new UserId("alice"), "Alice", "")).AsTask();
        await directory.PutAsync(new DirectoryUser(new UserId("bob"), "Bob", ""));
        while (Count("SELECT COUNT(*) FROM pg_sleep(0.005), pg_locks WHERE locktype = 'advisory' AND NOT granted") == 0)
        {
            // The server tells of waiters only when asked.
        }

        Assert.That(alice.IsCompleted, Is.False);
        Assert.That(Count("SELECT COUNT(*) FROM two_factor_directory_users"), Is.EqualTo(1));
        await transaction.CommitAsync();
        await alice;
        Assert.That(Count("SELECT COUNT(*) FROM two_factor_directory_users"), Is.EqualTo(2));
    }

    private long Count(string sql) => Convert.ToInt64(_database.Execute(sql), null);
}
