using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TwoFactor.Scale;

/// <summary>A SQLite file, filled in one transaction and without waiting for the disk.</summary>
internal sealed class SqliteTarget(string file) : Target
{
    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={file}");

    public override async Task FillAsync(Action<Action<Table, object[]>> fill)
    {
        SqliteConnection.ClearAllPools();
        await using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY");
        var indexes = await IndexesAsync(connection);
        foreach (var (name, _) in indexes) Execute(connection, $"DROP INDEX \"{name}\"");
        var inserts = new Dictionary<Table, SqliteCommand>();
        await using (var transaction = connection.BeginTransaction())
        {
            fill(Insert);
            await transaction.CommitAsync();
        }

        foreach (var insert in inserts.Values) await insert.DisposeAsync();
        // Each in one pass.
        foreach (var (_, sql) in indexes) Execute(connection, sql);
        Execute(connection, "PRAGMA journal_mode = WAL");

        void Insert(Table table, object[] values)
        {
            if (!inserts.TryGetValue(table, out var insert)) inserts.Add(table, insert = InsertOf(connection, table));
            for (var i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i];
            insert.ExecuteNonQuery();
        }
    }

    public override async Task WarmAsync()
    {
        await using var all = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 20);
        await all.CopyToAsync(Stream.Null);
    }

    public override Task<long> SizeAsync() => Task.FromResult(new FileInfo(file).Length);

    public override async Task<string> ExplainAsync(string sql, IReadOnlyList<(string Name, object Value)> values)
    {
        await using var connection = Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        await using var rows = await command.ExecuteReaderAsync();
        var (lines, depths) = (new List<string>(), new Dictionary<long, int> { [0] = -1 });
        while (await rows.ReadAsync())
        {
            var depth = depths[rows.GetInt64(1)] + 1;
            depths[rows.GetInt64(0)] = depth;
            lines.Add(new string(' ', 2 * depth) + rows.GetString(3));
        }

        return string.Join('\n', lines);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static SqliteCommand InsertOf(SqliteConnection connection, Table table)
    {
        var command = connection.CreateCommand();
        string[] parameters = [.. table.Columns.Select((_, i) => "@" + i.ToString(CultureInfo.InvariantCulture))];
        command.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", parameters)})";
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }

    private static async Task<List<(string Name, string Sql)>> IndexesAsync(SqliteConnection connection)
    {
        var indexes = new List<(string Name, string Sql)>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) indexes.Add((rows.GetString(0), rows.GetString(1)));
        return indexes;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
