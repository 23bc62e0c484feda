using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A SQLite file in a folder of its own, both deleted afterwards.</summary>
internal sealed class TemporaryDatabase : TestDatabase, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("two-factor-");

    public TemporaryDatabase(string keywords = "") => ConnectionString = $"Data Source={Path};{keywords}";

    public string Path => System.IO.Path.Combine(_folder.FullName, "accounts.db");

    public override string ConnectionString { get; }

    public static async Task<TemporaryDatabase> WithSchemaAsync(string keywords = "")
    {
        var database = new TemporaryDatabase(keywords);
        await using var context = database.CreateContext();
        await context.Database.EnsureTwoFactorSchemaAsync();
        return database;
    }

    // The provider takes no part in ambient transactions, and says so loudly; some tests use one to see that the store does not either.
    public override void Use(DbContextOptionsBuilder options) =>
        options.UseSqlite(ConnectionString).ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.AmbientTransactionWarning));

    public EntityFrameworkAccountStore CreateStore(string keywords) => new(
        () => new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseSqlite($"{ConnectionString};{keywords}").Options), TimeProvider.System);

    public override DbConnection Connect() => Open();

    public override object? Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    public override Task RestartAsync()
    {
        // Closes the files: what has not reached them is gone.
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
