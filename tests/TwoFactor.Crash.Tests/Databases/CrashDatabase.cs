using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore;

namespace TwoFactor.Crash.Tests.Databases;

/// <summary>A database that workers share and that outlives them, deleted afterwards.</summary>
internal abstract class CrashDatabase : IAsyncDisposable
{
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    protected abstract Engine Engine { get; }

    protected abstract string ConnectionString { get; }

    public static async Task<CrashDatabase> CreateAsync(Engine engine)
    {
        CrashDatabase database = engine == Engine.Sqlite ? new SqliteFile() : await PostgreSqlServer.NewDatabaseAsync();
        await database.CreateTablesAsync();
        return database;
    }

    public async Task CreateTablesAsync()
    {
        await using var context = CreateContext();
        await context.Database.EnsureTwoFactorSchemaAsync();
    }

    /// <summary>What a worker on this database is made of.</summary>
    public Setup SetUp(KillPoint? diesAt = null, Defect defect = Defect.None) => new(Engine, ConnectionString, _key, diesAt, defect);

    /// <summary>Opens the database as a process does that comes after.</summary>
    public EntityFrameworkAccountStore Open() => new(CreateContext, TimeProvider.System);

    /// <summary>Waits until nothing is under way any more that dead processes had asked for.</summary>
    public abstract Task SettleAsync();

    /// <summary>What the engine itself finds wrong with its data; empty when nothing is.</summary>
    public abstract Task<IReadOnlyList<string>> DamageAsync();

    /// <summary>Ends the connections of this process.</summary>
    public abstract void Close();

    public abstract ValueTask DisposeAsync();

    private TwoFactorDbContext CreateContext()
    {
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>();
        SetUp().Use(options);
        return new TwoFactorDbContext(options.Options);
    }
}
