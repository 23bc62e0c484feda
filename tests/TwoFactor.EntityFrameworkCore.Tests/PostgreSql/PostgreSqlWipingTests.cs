using Npgsql;
using NUnit.Framework;
using TwoFactor.Testing;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>No test finds what another has left behind.</summary>
public sealed class PostgreSqlWipingTests
{
    private const string Counts = """
        SELECT relname, (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %s', oid::regclass), false, true, '')))[1]
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
        """;

    private PostgreSqlCluster _cluster = null!;
    private string _name = null!;
    private PostgreSqlWiping _wiping = null!;

    private string ConnectionString => _cluster.ConnectionString(_name);

    [SetUp]
    public async Task CreateAsync()
    {
        _cluster = await SharedPostgreSql.GetAsync();
        var connectionString = await _cluster.CreateDatabaseAsync();
        _name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await _cluster.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "schema", "postgresql.sql")), _name);
        _wiping = await PostgreSqlWiping.OfAsync(connectionString);
    }

    [TearDown]
    public async Task RemoveAsync() => await _cluster.ExecuteAsync($"""DROP DATABASE "{_name}" WITH (FORCE)""");

    [Test]
    public async Task Rows_and_positions_are_those_of_a_new_database()
    {
        var before = await _cluster.ExecuteAsync(Counts, _name);
        for (var i = 0; i < 2; i++)
        {
            await _cluster.ExecuteAsync("INSERT INTO two_factor_organizations VALUES ('acme', 1, '')", _name);
            var position = await _cluster.ExecuteAsync("SELECT nextval(pg_get_serial_sequence('two_factor_audit_events', 'position'))", _name);
            Assert.That(position, Is.EqualTo("1"));
            Assert.That(await _wiping.TryAsync(ConnectionString), Is.True);
        }

        Assert.That(await _cluster.ExecuteAsync(Counts, _name), Is.EqualTo(before));
    }

    [TestCase("ALTER TABLE two_factor_members DROP COLUMN email")]
    [TestCase("ALTER TABLE two_factor_accounts RESET (toast_tuple_target)")]
    [TestCase("DROP TABLE two_factor_audit_events")]
    [TestCase("DROP INDEX \"IX_two_factor_members_user_id\"")]
    [TestCase("CREATE TABLE notes (id int)")]
    [TestCase("CREATE FUNCTION fail() RETURNS int LANGUAGE sql AS 'SELECT 1/0'")]
    [TestCase("UPDATE two_factor_schema SET version = 1")]
    [TestCase("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$")]
    public async Task What_else_a_test_has_changed_is_found(string sql)
    {
        await _cluster.ExecuteAsync(sql, _name);
        Assert.That(await _wiping.TryAsync(ConnectionString), Is.False);
    }

    [Test]
    public async Task What_was_blown_up_is_found()
    {
        await _cluster.ExecuteAsync("INSERT INTO two_factor_user_words SELECT i, repeat('x', 200) FROM generate_series(1, 30000) i", _name);
        await _cluster.ExecuteAsync("DELETE FROM two_factor_user_words", _name);
        Assert.That(await _wiping.TryAsync(ConnectionString), Is.False);
    }

    [TestCase("SELECT 1", false)]
    [TestCase("BEGIN", true)]
    [TestCase("SELECT pg_advisory_lock(7)", true)]
    public async Task Whoever_is_still_at_work_is_found(string sql, bool busy)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        Assert.That(await _wiping.TryAsync(ConnectionString), Is.EqualTo(!busy));
    }
}
