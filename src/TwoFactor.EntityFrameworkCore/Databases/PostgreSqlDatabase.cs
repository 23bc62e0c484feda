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
/// Saves that come while as many are under way as suit this machine go together, in one round trip and one transaction.
/// </summary>
internal sealed class PostgreSqlDatabase : StoreDatabase
{
    public const string ProviderName = "Npgsql.EntityFrameworkCore.PostgreSQL";

    // For the transaction it is in. A save that waits longer for a row is written alone, and then waits as long as it takes.
    private static readonly string WaitBriefly = string.Create(
        CultureInfo.InvariantCulture, $"SELECT set_config('lock_timeout', '{GroupedWrites.LongestTurn.TotalMilliseconds}ms', true)");

    private static readonly string[] OrdinalCollations = ["C", "POSIX", "ucs_basic"];

    // Of all stores of this process that have the same connections.
    private static readonly ConcurrentDictionary<string, GroupedWrites> Writes = new(StringComparer.Ordinal);

    // As many groups under way as there are processors that could prepare more of them, and one that is on its way meanwhile.
    private static readonly int Groups = Math.Max(2, Environment.ProcessorCount);

    private readonly ConcurrentDictionary<PositionalStatement, KeptParameters> _kept = new();
    private readonly WriteGate _groups = new(Groups);
    private readonly Func<DbConnection> _create;
    private readonly GroupedWrites _writes;

    private PostgreSqlDatabase(Func<DbConnection> create, string? connectionString = null)
    {
        _create = create;
        _writes = connectionString is null ? new GroupedWrites(this) : Writes.GetOrAdd(connectionString, static (_, database) => new GroupedWrites(database), this);
    }

    public static PostgreSqlDatabase At(DbContext context)
    {
        // The string as the host wrote it: a connection that has been opened shows its own without the password.
        var connection = context.Database.GetDbConnection();
        if (PostgreSqlAddress.Of(context) is { } connectionString)
        {
            var factory = DbProviderFactories.GetFactory(connection)
                ?? throw new NotSupportedException($"{connection.GetType().Name} has no provider factory, by which the store makes connections of its own.");
            return new PostgreSqlDatabase(() => Connection(factory, connectionString), connectionString);
        }

        // A data source: copies of its connection come from the same one, password and all.
        var template = connection as ICloneable
            ?? throw new NotSupportedException($"{connection.GetType().Name} cannot be copied, so the store could have no connections of its own.");
        template = (ICloneable)template.Clone();
        return new PostgreSqlDatabase(() => (DbConnection)template.Clone());
    }

    /// <summary>A save without events needs two statements where another follows it, and is rare.</summary>
    public static bool IsOneStatement(ConditionalWrite write) => write.Events.Length > 0 || write.Statement.Follow is null;

    // Not the snapshot's end for the next one: transactions after it may be open, as long as none of them is over.
    public override string OldestTransaction => "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    public override string NextTransaction => "pg_current_xact_id()::text::bigint";

    public override ValueTask<WriteGate.Turn> EnterReadAsync(CancellationToken cancellationToken) => default;

    public override ValueTask<WriteGate.Turn> EnterWriteAsync(CancellationToken cancellationToken) => default;

    public override ValueTask<WriteGate.Turn> EnterGroupAsync() => _groups.EnterAsync(CancellationToken.None);

    public override bool HasOneWriter => false;

    public override async ValueTask<VersionedRow> ReadAsync(DbConnection connection, PositionalStatement select, string key, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand(select.Text);
        var kept = Kept(select);
        kept.Lend(command.Parameters, command.CreateParameter, [("@key", key)]);
        VersionedRow found;
        await using (var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken).ConfigureAwait(false))
            found = await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? VersionedRow.Of(row) : default;
        kept.Keep(command.Parameters);
        return found;
    }

    public override ValueTask<bool> TryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken) =>
        IsOneStatement(write) ? _writes.TryWriteAsync(write, cancellationToken) : base.TryWriteAsync(write, cancellationToken);

    public override async ValueTask<bool> TryWriteAsync(DbConnection connection, ConditionalWrite write, CancellationToken cancellationToken)
    {
        if (!IsOneStatement(write)) return await base.TryWriteAsync(connection, write, cancellationToken).ConfigureAwait(false);
        using var batch = connection.CreateBatch();
        var command = Command(batch, write);
        batch.BatchCommands.Add(command);
        // A statement of its own is a transaction of its own; the answer comes after its commit. A cancellation that comes too late for the
        // server is ignored, and one that it obeys has undone everything.
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var affected = command.RecordsAffected;
        Keep(command, write);
        return FaultOf(write, affected) is { } fault ? throw fault : affected > 0;
    }

    public override async ValueTask<bool> TryWriteTogetherAsync(DbConnection connection, IReadOnlyList<GroupedWrite> group)
    {
        // Groups of several processes take their rows in one order, so that none waits for another in a circle.
        var ordered = group.OrderBy(write => write.Write.Key, StringComparer.Ordinal).ToArray();
        using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(batch.CreateBatchCommand(WaitBriefly));
        foreach (var one in ordered) batch.BatchCommands.Add(Command(batch, one.Write));
        try
        {
            // No statement of it is committed before all are.
            await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        // The server has told of a fault and goes on: it has undone everything. After any other fault nobody knows.
        catch (DbException e) when (e.SqlState is not null && connection.State == ConnectionState.Open)
        {
            return false;
        }

        for (var i = 0; i < ordered.Length; i++)
        {
            var command = batch.BatchCommands[i + 1];
            var (write, affected) = (ordered[i].Write, command.RecordsAffected);
            Keep(command, write);
            if (FaultOf(write, affected) is { } fault) ordered[i].Fail(fault);
            else ordered[i].Complete(affected > 0);
        }

        return true;
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

    /// <summary>The one statement of a save.</summary>
    private DbBatchCommand Command(DbBatch batch, ConditionalWrite write)
    {
        var (_, statement, values, events) = write;
        // Nearly every save, because nearly every change is one event.
        if (events.Length == 1)
        {
            var usual = batch.CreateBatchCommand(statement.ReplaceWithEvent.Text);
            Kept(statement.ReplaceWithEvent).Lend(usual.Parameters, usual.CreateParameter, values, events[0]);
            return usual;
        }

        var command = batch.CreateBatchCommand(events.Length == 0 ? statement.Replace : statement.ReplaceWithEvents, values);
        if (events.Length > 0) AddArrays(command, events);
        return command;
    }

    private void Keep(DbBatchCommand command, ConditionalWrite write)
    {
        if (write.Events.Length == 1) Kept(write.Statement.ReplaceWithEvent).Keep(command.Parameters);
    }

    /// <summary>What becomes of a save: a row for each event, or for the account if there are none, and no row when its version has moved on.</summary>
    private static InvalidOperationException? FaultOf(ConditionalWrite write, int affected) => affected == 0 || affected == Math.Max(write.Events.Length, 1)
        ? null
        : new($"A save with {write.Events.Length} events affected {affected} rows: triggers on the two-factor tables must let each row pass.");

    private KeptParameters Kept(PositionalStatement statement) => _kept.GetOrAdd(statement, static statement => new KeptParameters(statement));

    private static void AddArrays(DbBatchCommand command, object?[][] events)
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
