using System.Data;
using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// One database as the store uses it: connections of its own and the order of its writers. All that differs from one database engine to
/// another is here.
/// </summary>
internal abstract class StoreDatabase
{
    /// <summary>Finds out where a context keeps its data. No file is opened.</summary>
    /// <exception cref="NotSupportedException">The provider is not one of those that are known.</exception>
    /// <exception cref="InvalidOperationException">The store could not have a connection of its own.</exception>
    public static StoreDatabase Of(DbContext context)
    {
        if (context.Database.ProviderName is not (SqliteDatabase.ProviderName or PostgreSqlDatabase.ProviderName))
        {
            throw new NotSupportedException(
                $"{context.GetType().Name} uses the provider {context.Database.ProviderName ?? "(none)"}. TwoFactor.EntityFrameworkCore supports"
                + $" {SqliteDatabase.ProviderName} and {PostgreSqlDatabase.ProviderName}.");
        }

        if (RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()).Connection is not null)
        {
            throw new InvalidOperationException(
                $"{context.GetType().Name} is configured with a connection object, which the two-factor store would have to share with the host and its transactions. "
                + "Configure it with a connection string; for SQLite in memory: Data Source=name;Mode=Memory;Cache=Shared.");
        }

        return context.Database.ProviderName is SqliteDatabase.ProviderName
            ? SqliteDatabase.Of(context.Database.GetDbConnection())
            : PostgreSqlDatabase.At(context);
    }

    /// <summary>An expression of a query: a transaction before which all were over as it read; the greatest number where there is one writer at a time.</summary>
    public virtual string OldestTransaction => $"{long.MaxValue}";

    /// <summary>An expression that begins a transaction and is its number: greater than those of all that began before.</summary>
    public virtual string NextTransaction => $"{long.MaxValue}";

    /// <summary>The column that says where a row lies and that every index holds; null where a query cannot take it from an index.</summary>
    public virtual string? RowAddress => null;

    /// <summary>Waits for the turn to read; disposing the answer ends it.</summary>
    public abstract ValueTask<WriteGate.Turn> EnterReadAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the turn to write; disposing the answer ends it.</summary>
    public abstract ValueTask<WriteGate.Turn> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the turn of a group of writes, which go together; disposing the answer ends it.</summary>
    public virtual ValueTask<WriteGate.Turn> EnterGroupAsync() => EnterWriteAsync(CancellationToken.None);

    /// <summary>Whether nobody writes while another does: a turn is then to be held until the last commit in it.</summary>
    public virtual bool HasOneWriter => true;

    /// <summary>Opens a connection that is the caller's alone and joins no ambient transaction.</summary>
    public virtual async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var outside = Transaction.Current is null
            ? null
            : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var connection = CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            outside?.Complete();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Prepares a connection for a query that finds its rows all over the tables.</summary>
    public virtual ValueTask PrepareToListAsync(DbConnection connection, CancellationToken cancellationToken) => default;

    /// <summary>Begins a transaction in which what was read stays true until it is written.</summary>
    public abstract ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Reads a row that is replaced by compare and swap.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="select">Selects version and data of one row by <c>@key</c>.</param>
    /// <param name="key">Which row.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public virtual async ValueTask<VersionedRow> ReadAsync(DbConnection connection, PositionalStatement select, string key, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand(select.Named, ("@key", key));
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken).ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? VersionedRow.Of(row) : default;
    }

    /// <summary>
    /// Compare and swap: replaces a row if its version is still the same, and adds audit events, both or neither. It waits for its turn, on
    /// a connection of its own.
    /// </summary>
    /// <returns>False, with nothing written, when the version has moved on. An outcome that is not known is an exception.</returns>
    public virtual async ValueTask<bool> TryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken)
    {
        using var turn = await EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await TryWriteAsync(connection, write, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same when it is its turn, on a connection that nobody else uses.</summary>
    public virtual async ValueTask<bool> TryWriteAsync(DbConnection connection, ConditionalWrite write, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        using var commands = new TransactionCommands(transaction);
        if (!await TryReplaceAsync(commands, write, cancellationToken).ConfigureAwait(false)) return false;
        cancellationToken.ThrowIfCancellationRequested();
        // From here on it may be written, and only the database knows: no cancellation turns that into a "no".
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Several compare and swaps in one transaction, when it is their turn, on a connection that nobody else uses. A version that has moved
    /// on, perhaps by an earlier one of the group, affects no row and disturbs nobody. After the commit each has its outcome.
    /// </summary>
    /// <returns>False, with nothing written, when a statement failed: whose fault it is shows when each is written alone.</returns>
    public virtual async ValueTask<bool> TryWriteTogetherAsync(DbConnection connection, IReadOnlyList<GroupedWrite> group)
    {
        await using var transaction = await BeginAsync(connection, CancellationToken.None).ConfigureAwait(false);
        using var commands = new TransactionCommands(transaction);
        var replaced = new bool[group.Count];
        try
        {
            for (var i = 0; i < replaced.Length; i++)
                replaced[i] = await TryReplaceAsync(commands, group[i].Write, CancellationToken.None).ConfigureAwait(false);
        }
        // Nothing is written, and who is at fault hears of it when each is alone.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }

        // When this fails nobody knows whether it is written, so it is not tried again, and the fault is told to all.
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < replaced.Length; i++) group[i].Complete(replaced[i]);
        return true;
    }

    /// <summary>The statements of a compare and swap inside a transaction, which is not committed.</summary>
    /// <returns>False, with nothing changed, when the version has moved on.</returns>
    private static async ValueTask<bool> TryReplaceAsync(TransactionCommands commands, ConditionalWrite write, CancellationToken cancellationToken)
    {
        var (_, statement, values, events) = write;
        if (await commands.With(statement.Replace, values).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) != 1) return false;
        if (statement.Follow is { } follow) await commands.With(follow, values).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in events)
            await commands.With(statement.InsertEvent, EventStatements.Parameters, row).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Begins a transaction of the directory about one user, which takes its turn among those of the same user.</summary>
    public virtual ValueTask<DbTransaction> BeginAsync(DbConnection connection, UserId user, CancellationToken cancellationToken) =>
        BeginAsync(connection, cancellationToken);

    /// <summary>Begins the transaction that makes the tables, which takes its turn among those of other processes.</summary>
    public virtual ValueTask<DbTransaction> BeginSchemaAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginAsync(connection, cancellationToken);

    /// <summary>True when the table is there.</summary>
    public abstract ValueTask<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, TableNames table, CancellationToken cancellationToken);

    /// <summary>Refuses a server that is set up so that the store could not keep its promises.</summary>
    /// <exception cref="InvalidOperationException">It is; the message says which setting.</exception>
    public virtual ValueTask RequireSettingsAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) => default;

    /// <summary>Prepares the database for tables to be created in it.</summary>
    public abstract ValueTask PrepareSchemaAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>True for the collation (null: the default one) under which text is equal only by ordinal.</summary>
    public abstract bool IsOrdinal(string? collation);

    protected abstract DbConnection CreateConnection();
}
