using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// SQLite through Microsoft.Data.Sqlite, whose pool keeps the files open. It has one writer at a time: writers of this process wait at a
/// gate, and write together once it is their turn; those of other processes are waited for by SQLite itself, up to the connection string's <c>Default Timeout</c>.
/// </summary>
internal sealed class SqliteDatabase : StoreDatabase
{
    public const string ProviderName = "Microsoft.EntityFrameworkCore.Sqlite";

    // A database in memory is gone with its last connection, so one is kept open as long as the process runs.
    private static readonly ConcurrentDictionary<string, Lazy<DbConnection>> KeptInMemory = new(StringComparer.Ordinal);

    // Of all stores of this process that have the same connections.
    private static readonly ConcurrentDictionary<string, GroupedWrites> Writes = new(StringComparer.Ordinal);

    private readonly DbProviderFactory _factory;
    private readonly SqliteAddress _address;
    private readonly WriteGate _gate;
    private readonly GroupedWrites _writes;

    private SqliteDatabase(DbProviderFactory factory, SqliteAddress address)
    {
        _factory = factory;
        _address = address;
        _gate = WriteGate.Of(address.Key);
        _writes = Writes.GetOrAdd(address.ConnectionString, static (_, database) => new GroupedWrites(database), this);
        if (address.InMemory) _ = KeptInMemory.GetOrAdd(address.Key, _ => new Lazy<DbConnection>(OpenConnection)).Value;
    }

    public static SqliteDatabase Of(DbConnection connection)
    {
        var factory = DbProviderFactories.GetFactory(connection)
            ?? throw new NotSupportedException($"{connection.GetType().Name} has no provider factory, by which the store makes connections of its own.");
        return new SqliteDatabase(factory, SqliteAddress.Parse(connection.ConnectionString));
    }

    public override string RowAddress => "rowid";

    // Readers do not block in WAL, but in a shared cache they lock tables against writers.
    public override ValueTask<WriteGate.Turn> EnterReadAsync(CancellationToken cancellationToken) =>
        _address.SharedCache ? _gate.EnterAsync(cancellationToken) : default;

    public override ValueTask<WriteGate.Turn> EnterWriteAsync(CancellationToken cancellationToken) => _gate.EnterAsync(cancellationToken);

    public override ValueTask<bool> TryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken) => _writes.TryWriteAsync(write, cancellationToken);

    public override async ValueTask PrepareToListAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (_address.InMemory) return;
        // Of a million users the inner pages of the indexes are some five megabytes. The two that a connection has would lose them to each page of a list.
        using var command = connection.CreateCommand("PRAGMA cache_size = -8192");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // Each time, because the pool hands out connections that somebody else may have set otherwise.
        await PrepareToWriteAsync(connection, cancellationToken).ConfigureAwait(false);
        // Serializable is BEGIN IMMEDIATE: the write lock is taken before anything is read, so no later statement can find it taken.
        return await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, TableNames table, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @name", ("@name", table.Name));
        command.Transaction = transaction;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture) > 0;
    }

    public override async ValueTask PrepareSchemaAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // Write-ahead log, so that readers and the writer do not wait for each other. It stays with the file; memory has no journal.
        if (_address.InMemory) return;
        using var mode = connection.CreateCommand("PRAGMA journal_mode = WAL");
        await mode.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    public override bool IsOrdinal(string? collation) => collation is null || string.Equals(collation, "BINARY", StringComparison.OrdinalIgnoreCase);

    protected override DbConnection CreateConnection()
    {
        var connection = _factory.CreateConnection() ?? throw new NotSupportedException($"{_factory.GetType().Name} makes no connections.");
        connection.ConnectionString = _address.ConnectionString;
        return connection;
    }

    private static async ValueTask PrepareToWriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        // SQLite waits for a lock in steps of 1 to 100 ms, its client library in steps of 150. An acknowledged write outlives a loss of power.
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {Math.Max(command.CommandTimeout, 1) * 1000L}; PRAGMA synchronous = FULL");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private DbConnection OpenConnection()
    {
        var connection = CreateConnection();
        connection.Open();
        return connection;
    }
}
