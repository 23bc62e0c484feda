using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Whatever fails: never a success, never half a write, and the next attempt finds a database that works.</summary>
[TestFixture]
[Feature("X1")]
public sealed class FaultTests
{
    // Every step of a save with two events. After the last the write is done, but the caller cannot know.
    private static readonly Dictionary<Engine, string[]> SaveSteps = new()
    {
        [Engine.Sqlite] = ["CONNECT", "BEGIN", "UPDATE", "UPDATE", "INSERT", "INSERT", "COMMIT", "COMMITTED"],
        [Engine.PostgreSql] = ["CONNECT", "WITH", "WRITTEN"],
    };

    private static IEnumerable<(Engine Engine, int Step)> Steps => SaveSteps.SelectMany(steps => Enumerable.Range(1, steps.Value.Length).Select(step => (steps.Key, step)));

    [Test]
    public async Task A_step_that_fails_fails_the_save_and_leaves_all_or_nothing(
        [ValueSource(nameof(Steps))] (Engine Engine, int Number) step, [Values] bool forGood)
    {
        await using var database = await TestDatabase.WithSchemaAsync(step.Engine);
        var steps = SaveSteps[step.Engine];
        var plan = new FaultPlan();
        var store = database.CreateStore(plan);
        Assert.That(await store.WriteAsync(1), Is.True);
        var (stored, version) = await store.LoadAsync(Rows.Alice, CancellationToken.None);
        var (next, events) = Rows.Next(stored, 2);

        plan.Arm(step.Number, forGood);
        await Assert.ThrowsAsync<InjectedFaultException>(async () => await store.TrySaveAsync(next, version, events, CancellationToken.None));

        Assert.That(plan.Steps, Is.EqualTo(steps.Take(step.Number)), "It stopped at the step that failed.");
        Assert.That(await database.CreateStore().EpochAsync(), Is.EqualTo(step.Number == steps.Length ? 2 : 1));
        plan.Arm(0);
        Assert.That(await store.WriteAsync(3), Is.True, "The store works on when the fault is gone.");
        Assert.That(await store.EpochAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_load_that_fails_throws([Range(1, 2)] int step, [Values] Engine engine)
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var plan = new FaultPlan();
        var store = database.CreateStore(plan);
        plan.Arm(step);
        await Assert.ThrowsAsync<InjectedFaultException>(async () => await store.LoadAsync(Rows.Alice, CancellationToken.None));
    }

    [Test]
    public async Task An_event_that_the_database_refuses_undoes_the_state()
    {
        using var database = await TemporaryDatabase.WithSchemaAsync();
        var store = database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        database.Execute("CREATE TRIGGER refuse BEFORE INSERT ON two_factor_audit_events WHEN new.sequence = 4 BEGIN SELECT RAISE(ABORT, 'refused'); END");
        var fault = await Assert.ThrowsAsync<SqliteException>(async () => await store.WriteAsync(2));
        Assert.That(fault!.Message, Does.Contain("refused"));
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_read_only_database_is_read_and_a_save_throws()
    {
        using var database = await TemporaryDatabase.WithSchemaAsync();
        Assert.That(await database.CreateStore().WriteAsync(1), Is.True);
        var store = database.CreateStore("Mode=ReadOnly");
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
        var fault = await Assert.ThrowsAsync<SqliteException>(async () => await store.WriteAsync(2));
        Assert.That(fault!.SqliteErrorCode, Is.EqualTo(8), "SQLITE_READONLY");
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_full_disk_throws_and_leaves_what_was()
    {
        using var database = await TemporaryDatabase.WithSchemaAsync();
        var plan = new FaultPlan();
        var store = database.CreateStore(plan);
        Assert.That(await store.WriteAsync(1), Is.True);
        // SQLite cannot take another page, as on a disk without one.
        plan.Connected = connection => Set(connection, "PRAGMA max_page_count = 1");
        SqliteException? fault = null;
        for (var epoch = 2; fault is null; epoch++)
        {
            var before = await store.EpochAsync();
            try
            {
                Assert.That(await store.WriteAsync(epoch), Is.True);
            }
            catch (SqliteException e)
            {
                fault = e;
                Assert.That(await store.EpochAsync(), Is.EqualTo(before));
            }
        }

        Assert.That(fault.SqliteErrorCode, Is.EqualTo(13), "SQLITE_FULL");
    }

    [Test]
    public async Task A_database_that_another_process_keeps_locked_is_waited_for_and_then_throws()
    {
        using var database = await TemporaryDatabase.WithSchemaAsync();
        var store = database.CreateStore("Default Timeout=1");
        Assert.That(await store.WriteAsync(1), Is.True);
        using (var other = database.Open())
        {
            Set(other, "BEGIN IMMEDIATE");
            var fault = await Assert.ThrowsAsync<SqliteException>(async () => await store.WriteAsync(2));
            Assert.That(fault!.SqliteErrorCode, Is.EqualTo(5), "SQLITE_BUSY");
            Assert.That(await store.EpochAsync(), Is.EqualTo(1), "Readers are not kept.");
        }

        Assert.That(await store.WriteAsync(3), Is.True);
    }

    private static void Set(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
