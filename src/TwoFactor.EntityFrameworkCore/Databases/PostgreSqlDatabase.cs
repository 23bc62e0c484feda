using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// PostgreSQL through Npgsql. Writers wait for each other row by row, inside the server. A save is one statement, and so one round trip and
/// one transaction: it needs no more than READ COMMITTED, because its condition is checked again on the newest row once that row is its own.
/// </summary>
internal sealed class PostgreSqlDatabase : StoreDatabase
{
    public const string ProviderName = "Npgsql.EntityFrameworkCore.PostgreSQL";

    private static readonly string[] OrdinalCollations = ["C", "POSIX", "ucs_basic"];

    private readonly ConcurrentDictionary<PositionalStatement, KeptCommands> _kept = new();
    private readonly Func<DbConnection> _create;

    private PostgreSqlDatabase(Func<DbConnection> create) => _create = create;

    public static PostgreSqlDatabase At(DbContext context)
    {
        // The string as the host wrote it: a connection that has been opened shows its own without the password.
        var connection = context.Database.GetDbConnection();
        if (PostgreSqlAddress.Of(context) is { } connectionString)
        {
            var factory = DbProviderFactories.GetFactory(connection)
                ?? throw new NotSupportedException($"{connection.GetType().Name} has no provider factory, by which the store makes connections of its own.");
            return new PostgreSqlDatabase(() => Connection(factory, connectionString));
        }

        // A data source: copies of its connection come from the same one, password and all.
        var template = connection as ICloneable
            ?? throw new NotSupportedException($"{connection.GetType().Name} cannot be copied, so the store could have no connections of its own.");
        template = (ICloneable)template.Clone();
        return new PostgreSqlDatabase(() => (DbConnection)template.Clone());
    }

    // Not the snapshot's end for the next one: transactions after it may be open, as long as none of them is over.
    public override string OldestTransaction => "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    public override string NextTransaction => "pg_current_xact_id()::text::bigint";

    public override ValueTask<WriteGate.Turn> EnterReadAsync(CancellationToken cancellationToken) => default;

    public override ValueTask<WriteGate.Turn> EnterWriteAsync(CancellationToken cancellationToken) => default;

    public override async ValueTask<VersionedRow> ReadAsync(DbConnection connection, PositionalStatement select, string key, CancellationToken cancellationToken)
    {
        var kept = Kept(select);
        var command = kept.Take(connection, [("@key", key)]);
        VersionedRow found;
        await using (var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken).ConfigureAwait(false))
            found = await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? VersionedRow.Of(row) : default;
        kept.Keep(command);
        return found;
    }

    public override async ValueTask<bool> TryWriteAsync(DbConnection connection, ConditionalWrite write, CancellationToken cancellationToken)
    {
        var (statement, values, events) = write;
        if (events.Length == 0 && statement.Follow is not null) return await base.TryWriteAsync(connection, write, cancellationToken).ConfigureAwait(false);
        // A command of its own is a transaction of its own; the answer comes after its commit. A cancellation that comes too late for the
        // server is ignored, and one that it obeys has undone everything.
        int affected;
        if (events.Length == 1)
        {
            // Nearly every save, because nearly every change is one event.
            var kept = Kept(statement.ReplaceWithEvent);
            var command = kept.Take(connection, values, events[0]);
            affected = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            kept.Keep(command);
        }
        else
        {
            affected = await WriteWithEventsAsync(connection, write, cancellationToken).ConfigureAwait(false);
        }

        if (affected == 0) return false;
        return affected == Math.Max(events.Length, 1)
            ? true
            : throw new InvalidOperationException($"A save with {events.Length} events affected {affected} rows: triggers on the two-factor tables must let each row pass.");
    }

    public override async ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);

    // Statements about one user that depend on each other without meeting in a row: who joins while his name changes, who joins a group
    // while he leaves. SQLite has one writer; here those of one user take turns.
    public override ValueTask<DbTransaction> BeginAsync(DbConnection connection, UserId user, CancellationToken cancellationToken) =>
        BeginLockedAsync(connection, $"two_factor_user:{user.Value}", cancellationToken);

    public override ValueTask<DbTransaction> BeginSchemaAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginLockedAsync(connection, "two_factor_schema", cancellationToken);

    public override async ValueTask<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, TableNames table, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand("SELECT to_regclass(@name) IS NOT NULL", ("@name", table.Table));
        command.Transaction = transaction;
        return Convert.ToBoolean(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    public override async ValueTask RequireSettingsAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand("SELECT current_setting('synchronous_commit'), current_setting('default_transaction_isolation')");
        command.Transaction = transaction;
        await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        // A crash would forget acknowledged writes, and a code could be accepted twice.
        if (row.GetString(0) == "off") throw Unsuitable("synchronous_commit", "off", "on");
        // A save that comes second would be a fault instead of a conflict, which is tried again.
        if (row.GetString(1) != "read committed") throw Unsuitable("default_transaction_isolation", row.GetString(1), "'read committed'");
    }

    public override ValueTask PrepareSchemaAsync(DbConnection connection, CancellationToken cancellationToken) => default;

    public override bool IsOrdinal(string? collation) => OrdinalCollations.Contains(collation);

    protected override DbConnection CreateConnection() => _create();

    private async ValueTask<DbTransaction> BeginLockedAsync(DbConnection connection, string key, CancellationToken cancellationToken)
    {
        var transaction = await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        try
        {
            using var command = transaction.CreateCommand("SELECT pg_advisory_xact_lock(hashtextextended(@key, 0))", ("@key", key));
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static InvalidOperationException Unsuitable(string setting, string value, string needed) => new(
        $"The two-factor store's connections to PostgreSQL have {setting} = {value}, and it needs {needed}: ALTER ROLE the_role SET {setting} = {needed},"
        + $" or in the connection string Options=-c {setting}={needed.Trim('\'').Replace(" ", "\\ ", StringComparison.Ordinal)}.");

    private static DbConnection Connection(DbProviderFactory factory, string connectionString)
    {
        var connection = factory.CreateConnection() ?? throw new NotSupportedException($"{factory.GetType().Name} makes no connections.");
        connection.ConnectionString = connectionString;
        return connection;
    }

    private static async ValueTask<int> WriteWithEventsAsync(DbConnection connection, ConditionalWrite write, CancellationToken cancellationToken)
    {
        var (statement, values, events) = write;
        using var command = connection.CreateCommand(events.Length == 0 ? statement.Replace : statement.ReplaceWithEvents, values);
        if (events.Length > 0) AddArrays(command, events);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private KeptCommands Kept(PositionalStatement statement) => _kept.GetOrAdd(statement, static statement => new KeptCommands(statement));

    private static void AddArrays(DbCommand command, object?[][] events)
    {
        for (var i = 0; i < EventStatements.Parameters.Length; i++)
        {
            command.Add(EventStatements.Parameters[i], EventStatements.Columns[i] switch
            {
                nameof(AuditEventRow.Sequence) or nameof(AuditEventRow.OccurredAt) => Column<long>(events, i),
                nameof(AuditEventRow.SchemaVersion) or nameof(AuditEventRow.MfaFactorType) => Column<int?>(events, i),
                nameof(AuditEventRow.PreviousHash) or nameof(AuditEventRow.Hash) => Column<byte[]>(events, i),
                _ => Column<string?>(events, i),
            });
        }
    }

    private static T[] Column<T>(object?[][] events, int column)
    {
        var values = new T[events.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (T)events[i][column]!;
        return values;
    }
}
