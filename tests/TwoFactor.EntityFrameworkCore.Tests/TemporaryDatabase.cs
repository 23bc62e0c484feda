using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TwoFactor.EntityFrameworkCore.Tests.Faults;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A SQLite file in a folder of its own, both deleted afterwards.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("two-factor-");

    public TemporaryDatabase(string keywords = "") => ConnectionString = $"Data Source={Path};{keywords}";

    public string Path => System.IO.Path.Combine(_folder.FullName, "accounts.db");

    public string ConnectionString { get; }

    public static async Task<TemporaryDatabase> WithSchemaAsync(string keywords = "")
    {
        var database = new TemporaryDatabase(keywords);
        await using var context = database.CreateContext();
        await context.Database.EnsureTwoFactorSchemaAsync();
        return database;
    }

    public TwoFactorDbContext CreateContext() => new(Options<TwoFactorDbContext>());

    public HostContext CreateHostContext() => new(Options<HostContext>());

    public DbContextOptions<TContext> Options<TContext>() where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseSqlite(ConnectionString)
            // The provider takes no part in ambient transactions, and says so loudly; some tests use one to see that the store does not either.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.AmbientTransactionWarning))
            .Options;

    public EntityFrameworkAccountStore CreateStore(string keywords = "") => new(
        () => new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseSqlite($"{ConnectionString};{keywords}").Options), TimeProvider.System);

    /// <summary>A store whose database fails by plan.</summary>
    public EntityFrameworkAccountStore CreateStore(FaultPlan plan) => new(
        () =>
        {
            using var context = CreateContext();
            var binding = StoreBinding.To(context);
            return binding with { Database = new FaultyDatabase(binding.Database, plan) };
        },
        TimeProvider.System);

    /// <summary>Executes SQL from outside the store, on a connection of its own, and returns the first value.</summary>
    public object? Execute(string sql)
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
}
