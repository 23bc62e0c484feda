using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore.Tests.Faults;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>The engines that the shared tests run on.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}

/// <summary>A database of a test's own, deleted afterwards.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    public abstract string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(Engine engine, string keywords = "") =>
        engine == Engine.Sqlite ? new TemporaryDatabase(keywords) : await TemporaryPostgreSql.EmptyAsync(keywords);

    public static async Task<TestDatabase> WithSchemaAsync(Engine engine, string keywords = "") =>
        engine == Engine.Sqlite ? await TemporaryDatabase.WithSchemaAsync(keywords) : await TemporaryPostgreSql.WithSchemaAsync(keywords);

    public TwoFactorDbContext CreateContext() => new(Options<TwoFactorDbContext>());

    public HostContext CreateHostContext() => new(Options<HostContext>());

    public DbContextOptions<TContext> Options<TContext>() where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Use(options);
        return options.Options;
    }

    /// <summary>Lets a context use this database.</summary>
    public abstract void Use(DbContextOptionsBuilder options);

    public EntityFrameworkAccountStore CreateStore() => new(CreateContext, TimeProvider.System);

    /// <summary>A store whose database fails by plan.</summary>
    public EntityFrameworkAccountStore CreateStore(FaultPlan plan) => new(
        () =>
        {
            using var context = CreateContext();
            var binding = StoreBinding.To(context);
            return binding with { Database = new FaultyDatabase(binding.Database, plan) };
        },
        TimeProvider.System);

    /// <summary>Opens a connection from outside the store.</summary>
    public abstract DbConnection Connect();

    /// <summary>Executes SQL from outside the store, on a connection of its own, and returns the first value.</summary>
    public abstract object? Execute(string sql);

    /// <summary>Closes what is open and opens the data anew; a server stops at once and recovers.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();
}
