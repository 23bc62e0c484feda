using Npgsql;
using NUnit.Framework;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A server that refuses, stops or is cut off: a fault is an exception that says whether it may pass, never a conflict or a success.</summary>
[TestFixture]
[Feature("X1")]
public sealed class PostgreSqlFaultTests
{
    private const string KillAll = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private TemporaryPostgreSql _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TemporaryPostgreSql.WithSchemaAsync();

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [TestCase("WITH", 1)]
    [TestCase("WRITTEN", 2)]
    public async Task A_connection_that_is_terminated_before_a_statement_fails_it_and_after_it_loses_nothing(string step, int epoch)
    {
        var plan = new FaultPlan();
        var store = _database.CreateStore(plan);
        Assert.That(await store.WriteAsync(1), Is.True);
        plan.Before = name =>
        {
            if (name == step) _database.Execute(KillAll);
        };
        if (step == "WITH")
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => store.WriteAsync(2));
            Assert.That(fault!.IsTransient, Is.True, $"{fault.SqlState} may pass.");
        }
        else
        {
            Assert.That(await store.WriteAsync(2), Is.True, "It had been answered.");
        }

        plan.Before = _ => { };
        // The pool may hold a connection that was cut, which is found out when it is used.
        NpgsqlConnection.ClearAllPools();
        Assert.That(await _database.CreateStore().EpochAsync(), Is.EqualTo(epoch));
        Assert.That(await store.WriteAsync(3), Is.True);
    }

    [Test]
    public async Task A_save_that_waits_for_a_row_and_is_terminated_throws_and_writes_nothing()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        await using var holder = _database.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        await LockAsync(transaction);
        var saving = store.WriteAsync(2);
        await TerminateWaitingAsync();
        await Assert.ThrowsAsync<PostgresException>(() => saving);
        await transaction.RollbackAsync();
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_save_that_waits_for_a_row_can_be_cancelled()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        await using var holder = _database.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        await LockAsync(transaction);
        using var cancellation = new CancellationTokenSource();
        var saving = store.WriteAsync(2, cancellation.Token);
        await WaitForWaitersAsync(1);
        await cancellation.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => saving);
        await transaction.RollbackAsync();
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_save_that_waits_for_a_row_sees_what_was_written_to_it_meanwhile()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        foreach (var (commit, expected) in new[] { (false, true), (true, false) })
        {
            await using var holder = _database.Open();
            await using var transaction = await holder.BeginTransactionAsync();
            await LockAsync(transaction);
            var saving = store.WriteAsync(2);
            await WaitForWaitersAsync(1);
            await (commit ? transaction.CommitAsync() : transaction.RollbackAsync());
            Assert.That(await saving, Is.EqualTo(expected), "A version that has moved on is a conflict; one that was put back is not.");
        }
    }

    [Test]
    public async Task A_deadlock_is_a_fault_that_may_pass_and_not_a_conflict()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        // Each save passes a trigger that locks a table of the host; the host locks the table first and the row then.
        _database.Execute("""
            CREATE TABLE notes (id INTEGER PRIMARY KEY); INSERT INTO notes VALUES (1);
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE notes SET id = id; RETURN NEW; END';
            CREATE TRIGGER touch AFTER INSERT ON two_factor_audit_events FOR EACH ROW EXECUTE FUNCTION touch();
            """);
        await using var host = _database.Open();
        await using var transaction = await host.BeginTransactionAsync();
        // The store's connection finds the deadlock first.
        await using (var patience = new NpgsqlCommand("SET LOCAL deadlock_timeout = '30s'; UPDATE notes SET id = id", host, transaction)) await patience.ExecuteNonQueryAsync();
        var saving = store.WriteAsync(2);
        await WaitForWaitersAsync(1);
        var locking = LockAsync(transaction);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => saving);
        await locking;
        await transaction.RollbackAsync();
        Assert.That(fault!.SqlState, Is.EqualTo(PostgresErrorCodes.DeadlockDetected));
        Assert.That(fault.IsTransient, Is.True);
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_event_that_the_database_refuses_undoes_the_state()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        _database.Execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF new.sequence = 4 THEN RAISE EXCEPTION ''refused''; END IF; RETURN NEW; END';
            CREATE TRIGGER refuse BEFORE INSERT ON two_factor_audit_events FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => store.WriteAsync(2));
        Assert.That(fault!.MessageText, Is.EqualTo("refused"));
        Assert.That(fault.IsTransient, Is.False);
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_event_that_a_trigger_of_the_host_swallows_is_a_fault_and_no_success()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        _database.Execute("""
            CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF new.sequence = 4 THEN RETURN NULL; END IF; RETURN NEW; END';
            CREATE TRIGGER swallow BEFORE INSERT ON two_factor_audit_events FOR EACH ROW EXECUTE FUNCTION swallow();
            """);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(2));
    }

    [Test]
    public async Task A_full_disk_as_the_server_reports_it_throws_and_leaves_what_was()
    {
        var store = _database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        _database.Execute("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100'', MESSAGE = ''could not extend file''; END';
            CREATE TRIGGER full_disk AFTER INSERT ON two_factor_audit_events FOR EACH ROW EXECUTE FUNCTION full_disk();
            """);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => store.WriteAsync(2));
        Assert.That((fault!.SqlState, fault.IsTransient), Is.EqualTo((PostgresErrorCodes.DiskFull, true)));
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
        _database.Execute("DROP TRIGGER full_disk ON two_factor_audit_events");
        Assert.That(await store.WriteAsync(3), Is.True);
    }

    [Test]
    public async Task A_read_only_database_is_read_and_a_save_throws()
    {
        Assert.That(await _database.CreateStore().WriteAsync(1), Is.True);
        _database.Execute($"ALTER DATABASE \"{new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database}\" SET default_transaction_read_only = on");
        NpgsqlConnection.ClearAllPools();
        var store = _database.CreateStore();
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
        var fault = await Assert.ThrowsAsync<PostgresException>(() => store.WriteAsync(2));
        Assert.That(fault!.SqlState, Is.EqualTo(PostgresErrorCodes.ReadOnlySqlTransaction));
        Assert.That(await store.EpochAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_is_stopped_throws_and_once_it_is_back_has_what_was_acknowledged()
    {
        var store = _database.CreateStore();
        for (var epoch = 1; epoch <= 3; epoch++) Assert.That(await store.WriteAsync(epoch), Is.True);
        var cluster = await TwoFactor.Testing.PostgreSql.SharedPostgreSql.GetAsync();
        await cluster.StopImmediateAsync();
        try
        {
            var fault = await Assert.CatchAsync<NpgsqlException>(() => store.WriteAsync(4));
            Assert.That(fault!.IsTransient, Is.True);
        }
        finally
        {
            await cluster.RestartAsync();
        }

        NpgsqlConnection.ClearAllPools();
        Assert.That(await store.EpochAsync(), Is.EqualTo(3));
        Assert.That(await store.WriteAsync(5), Is.True);
    }

    private static async Task LockAsync(NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("UPDATE two_factor_accounts SET version = version + 1", transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync();
    }

    private async Task TerminateWaitingAsync()
    {
        await WaitForWaitersAsync(1);
        _database.Execute("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    // The server tells of waiters only when asked.
    private async Task WaitForWaitersAsync(int count)
    {
        await using var connection = _database.Open();
        await using var command = new NpgsqlCommand(
            "SELECT COUNT(*) FROM pg_sleep(0.005), pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", connection);
        while ((long)(await command.ExecuteScalarAsync())! < count)
        {
        }
    }
}
