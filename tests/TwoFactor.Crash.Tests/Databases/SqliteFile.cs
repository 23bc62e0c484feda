using Microsoft.Data.Sqlite;

namespace TwoFactor.Crash.Tests.Databases;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class SqliteFile : CrashDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("two-factor-crash-");

    protected override Engine Engine => Engine.Sqlite;

    protected override string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "accounts.db")}";

    // With a process its statements are gone.
    public override Task SettleAsync() => Task.CompletedTask;

    public override async Task<IReadOnlyList<string>> DamageAsync()
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync()) lines.Add(rows.GetString(0));
        return lines is ["ok"] ? [] : lines;
    }

    public override void Close()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
