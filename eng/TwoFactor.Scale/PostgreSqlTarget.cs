using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TwoFactor.Scale;

/// <summary>A database of a PostgreSQL server, filled by <c>COPY</c>, a connection for each table.</summary>
internal sealed class PostgreSqlTarget(string connectionString) : Target
{
    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(connectionString);

    public override async Task FillAsync(Action<Action<Table, object[]>> fill)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var indexes = await IndexesAsync(source);
        foreach (var (name, _) in indexes) await ExecuteAsync(source, $"DROP INDEX \"{name}\"");
        var copies = new Dictionary<Table, (NpgsqlConnection Connection, NpgsqlBinaryImporter Rows)>();
        fill(Copy);
        foreach (var (connection, rows) in copies.Values)
        {
            await rows.CompleteAsync();
            await rows.DisposeAsync();
            await connection.DisposeAsync();
        }

        await ExecuteAsync(source, "SET maintenance_work_mem = '1GB'; " + string.Join("; ", indexes.Select(index => index.Sql)));
        await ExecuteAsync(source, "VACUUM ANALYZE");
        await ExecuteAsync(source, "CHECKPOINT");

        void Copy(Table table, object[] values)
        {
            if (!copies.TryGetValue(table, out var copy))
            {
                var connection = source.OpenConnection();
                copy = (connection, connection.BeginBinaryImport($"COPY {table.Name} ({string.Join(", ", table.Columns.Select(column => $"\"{column}\""))}) FROM STDIN (FORMAT BINARY)"));
                copies.Add(table, copy);
            }

            copy.Rows.WriteRow(values);
        }
    }

    public override async Task WarmAsync()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await ExecuteAsync(source, "CREATE EXTENSION IF NOT EXISTS pg_prewarm");
        await ExecuteAsync(
            source,
            "SELECT pg_prewarm(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'i')");
    }

    public override async Task<long> SizeAsync()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT pg_database_size(current_database())");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async Task<string> ExplainAsync(string sql, IReadOnlyList<(string Name, object Value)> values)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) " + sql);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync()) lines.Add(rows.GetString(0));
        return string.Join('\n', lines);
    }

    private static async Task<List<(string Name, string Sql)>> IndexesAsync(NpgsqlDataSource source)
    {
        // Those that no key of a table stands on.
        await using var command = source.CreateCommand(
            "SELECT i.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace"
            + " WHERE n.nspname = current_schema() AND NOT x.indisprimary");
        await using var rows = await command.ExecuteReaderAsync();
        var indexes = new List<(string Name, string Sql)>();
        while (await rows.ReadAsync()) indexes.Add((rows.GetString(0), rows.GetString(1)));
        return indexes;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
