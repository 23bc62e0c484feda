using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Schema;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>All that a store takes from a context: where the data is and what its tables are called.</summary>
internal sealed record StoreBinding(StoreDatabase Database, StoreStatements Statements)
{
    public required OrganizationStatements Organizations { get; init; }

    public required DirectoryStatements Directory { get; init; }

    public required UserListStatements UserList { get; init; }

    public required AuditStatements Audit { get; init; }

    public required StoreSchema Schema { get; init; }

    private bool IsChecked { get; set; }

    /// <summary>Opens a connection that is the caller's alone, after making sure, once, that the tables are those that this version works on.</summary>
    public ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        IsChecked ? Database.ConnectAsync(cancellationToken) : ConnectAndCheckAsync(cancellationToken);

    /// <summary>Compare and swap, after the same check.</summary>
    public ValueTask<bool> TryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken) =>
        IsChecked ? Database.TryWriteAsync(write, cancellationToken) : CheckAndTryWriteAsync(write, cancellationToken);

    private async ValueTask<DbConnection> ConnectAndCheckAsync(CancellationToken cancellationToken)
    {
        var connection = await Database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Schema.RequireAsync(Database, connection, null, cancellationToken).ConfigureAwait(false);
            IsChecked = true;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<bool> CheckAndTryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken)
    {
        using (await Database.EnterReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await using var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }

        return await Database.TryWriteAsync(write, cancellationToken).ConfigureAwait(false);
    }

    public static StoreBinding To(DbContext context)
    {
        var database = StoreDatabase.Of(context);
        var tables = new StoreTables(context);
        foreach (var (table, property) in tables.Ordinal) RequireOrdinal(database, table, property);
        return new StoreBinding(database, new StoreStatements(tables))
        {
            Organizations = new OrganizationStatements(tables.Organizations, tables.Audit),
            Schema = new StoreSchema(tables.All, tables.Schema),
            Directory = new DirectoryStatements(tables),
            UserList = new UserListStatements(tables, database),
            Audit = new AuditStatements(tables, database),
        };
    }

    /// <summary>Binds at first use, once; after a failure again at the next.</summary>
    public static Func<StoreBinding> OnFirstUse(Func<DbContext> createContext)
    {
        ArgumentNullException.ThrowIfNull(createContext);
        var binding = new Lazy<StoreBinding>(Bind, LazyThreadSafetyMode.PublicationOnly);
        return () => binding.Value;

        StoreBinding Bind()
        {
            using var context = createContext();
            return To(context);
        }
    }

    // Under a collation that ignores case or accents one user would get another's second factor.
    private static void RequireOrdinal(StoreDatabase database, TableNames table, string property)
    {
        var collation = table.CollationOf(property);
        if (database.IsOrdinal(collation)) return;
        throw new InvalidOperationException(
            $"The collation of {table.Table}.{table[property]} is {collation ?? "the database's default"}, under which different users could be one, or stand in another"
            + " order. User ids need the ordinal collation: let UseTwoFactor() choose it, and remove UseCollation for this column.");
    }
}
