using Npgsql;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.Crash.Tests.Databases;

/// <summary>A database of the PostgreSQL server of this run.</summary>
internal sealed class PostgreSqlServer : CrashDatabase
{
    // What is wrong with tables is a row, what is wrong with an index an exception.
    private const string Check = """
        CREATE EXTENSION IF NOT EXISTS amcheck;
        SELECT t.relname || ': ' || d.msg FROM pg_class t CROSS JOIN LATERAL verify_heapam(t.oid) d WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace;
        DO $$ BEGIN
          PERFORM bt_index_check(oid, true) FROM pg_class WHERE relam = (SELECT oid FROM pg_am WHERE amname = 'btree') AND relnamespace = 'public'::regnamespace;
        END $$;
        """;

    private readonly PostgreSqlCluster _cluster;

    private PostgreSqlServer(PostgreSqlCluster cluster, string connectionString) => (_cluster, ConnectionString) = (cluster, connectionString);

    protected override Engine Engine => Engine.PostgreSql;

    protected override string ConnectionString { get; }

    public static async Task<PostgreSqlServer> NewDatabaseAsync()
    {
        var cluster = await SharedPostgreSql.GetAsync();
        return new PostgreSqlServer(cluster, await cluster.CreateDatabaseAsync());
    }

    /// <summary>Stops the server as a loss of power does.</summary>
    public Task StopAtOnceAsync() => _cluster.StopImmediateAsync();

    /// <summary>Starts it again; it recovers from its log.</summary>
    public async Task StartAgainAsync()
    {
        await _cluster.RestartAsync();
        Close();
    }

    // The server may still carry out what it was sent: it is done once its processes for the dead have ended.
    public override async Task SettleAsync()
    {
        Close();
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var others = new NpgsqlCommand("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
        while ((long)(await others.ExecuteScalarAsync())! > 0) await Task.Yield();
    }

    public override async Task<IReadOnlyList<string>> DamageAsync()
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var check = new NpgsqlCommand(Check, connection);
        await using var rows = await check.ExecuteReaderAsync();
        var lines = new List<string>();
        do
            while (await rows.ReadAsync()) lines.Add(rows.GetString(0));
        while (await rows.NextResultAsync());
        return lines;
    }

    public override void Close() => NpgsqlConnection.ClearAllPools();

    public override async ValueTask DisposeAsync()
    {
        Close();
        await _cluster.ExecuteAsync($"""DROP DATABASE "{new NpgsqlConnectionStringBuilder(ConnectionString).Database}" WITH (FORCE)""");
    }
}
