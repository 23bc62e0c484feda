using System.Data.Common;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using TwoFactor.EntityFrameworkCore;
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
    /// <exception cref="InvalidOperationException">
    /// Some of the tables are there and others are not, they are of an older or newer version, the context lacks <c>UseTwoFactor()</c>, or the
    /// server is set up so that the store could not keep its promises.
    /// </exception>
    public static async Task<bool> EnsureTwoFactorSchemaAsync(this DatabaseFacade database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var context = ((IDatabaseFacadeDependenciesAccessor)database).Context;
        var (tables, binding) = (new StoreTables(context).All, StoreBinding.To(context));
        var (schema, target) = (binding.Schema, binding.Database);
        using var turn = await target.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await target.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await target.PrepareSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var transaction = await target.BeginSchemaAsync(connection, cancellationToken).ConfigureAwait(false);

        var missing = await schema.MissingAsync(target, connection, transaction, cancellationToken).ConfigureAwait(false);
        if (missing.Count < tables.Length)
        {
            await schema.RequireAsync(target, connection, transaction, cancellationToken).ConfigureAwait(false);
            return false;
        }

        await target.RequireSettingsAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        foreach (var command in Create(context, tables)) await ExecuteAsync(transaction, command.CommandText, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Checks that the two-factor tables are there and of the version that this library works on: for a host with migrations to call at start.
    /// The stores check the same before their first use of a database.
    /// </summary>
    /// <exception cref="InvalidOperationException">As for <see cref="EnsureTwoFactorSchemaAsync"/>, or there are no tables.</exception>
    public static async Task VerifyTwoFactorSchemaAsync(this DatabaseFacade database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var binding = StoreBinding.To(((IDatabaseFacadeDependenciesAccessor)database).Context);
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
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
        InsertDataOperation seed => seed.Table == table.Name && seed.Schema == table.Schema,
        CreateIndexOperation index => index.Table == table.Name && index.Schema == table.Schema,
        _ => false,
    };

    private static async ValueTask ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        using var command = transaction.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
