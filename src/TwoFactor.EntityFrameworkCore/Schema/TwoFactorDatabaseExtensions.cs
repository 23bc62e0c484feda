using System.Data.Common;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;

// The namespace of DatabaseFacade's extensions, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.EntityFrameworkCore;
#pragma warning restore IDE0130

/// <summary>Creates the two-factor tables.</summary>
public static class TwoFactorDatabaseExtensions
{
    /// <summary>
    /// Creates the two-factor tables if they are missing, next to whatever tables there are, and turns on SQLite's write-ahead log. Any
    /// number of processes may call it at once. A host with migrations does not need it: its next migration holds the tables. A host that
    /// calls <c>EnsureCreated</c> does so first, because that does nothing in a database with tables.
    /// </summary>
    /// <returns>True when it created them; false when they were there.</returns>
    /// <exception cref="InvalidOperationException">Some of the tables are there and others are not, or the context lacks <c>UseTwoFactor()</c>.</exception>
    public static async Task<bool> EnsureTwoFactorSchemaAsync(this DatabaseFacade database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var context = ((IDatabaseFacadeDependenciesAccessor)database).Context;
        TableNames[] tables = new StoreTables(context).All;
        var target = StoreDatabase.Of(context);
        using var turn = await target.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await target.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await target.PrepareSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var transaction = await target.BeginSchemaAsync(connection, cancellationToken).ConfigureAwait(false);

        var missing = new List<string>();
        foreach (var table in tables)
        {
            if (!await target.HasTableAsync(transaction, table, cancellationToken).ConfigureAwait(false)) missing.Add(table.Table);
        }

        if (missing.Count == 0) return false;
        if (missing.Count < tables.Length)
        {
            throw new InvalidOperationException(
                $"Of the {tables.Length} two-factor tables these are missing: {string.Join(", ", missing)}. Restore them; if the database is from an"
                + " older version, migrate it (the next migration of the host's context holds what is new), or remove all of them.");
        }

        foreach (var command in Create(context, tables)) await ExecuteAsync(transaction, command.CommandText, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    // As EnsureCreated makes them, but of these tables alone.
    private static IReadOnlyList<MigrationCommand> Create(DbContext context, TableNames[] tables)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());
        return context.GetService<IMigrationsSqlGenerator>().Generate([.. operations.Where(operation => tables.Any(table => Concerns(operation, table)))], model);
    }

    private static bool Concerns(MigrationOperation operation, TableNames table) => operation switch
    {
        EnsureSchemaOperation ensure => ensure.Name == table.Schema,
        CreateTableOperation create => create.Name == table.Name && create.Schema == table.Schema,
        CreateIndexOperation index => index.Table == table.Name && index.Schema == table.Schema,
        _ => false,
    };

    private static async ValueTask ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        using var command = transaction.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
