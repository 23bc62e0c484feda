using System.Data.Common;
using System.Globalization;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Schema;

/// <summary>Whether a database is one that this version of the library can work on.</summary>
internal sealed class StoreSchema(TableNames[] tables, TableNames schema)
{
    /// <exception cref="InvalidOperationException">Tables are missing or of another version, or the server is set up so that the store could not keep its promises.</exception>
    public async ValueTask RequireAsync(StoreDatabase database, DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await database.RequireSettingsAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        var missing = await MissingAsync(database, connection, transaction, cancellationToken).ConfigureAwait(false);
        if (missing.Count == tables.Length)
            throw new InvalidOperationException("The database has no two-factor tables: call EnsureTwoFactorSchemaAsync at start, or apply a migration that holds them.");
        RequireAll(missing);

        using var command = connection.CreateCommand($"SELECT {schema[nameof(SchemaRow.Version)]} FROM {schema.Table} WHERE {schema[nameof(SchemaRow.Id)]} = 1");
        command.Transaction = transaction;
        var version = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (version == SchemaRow.CurrentVersion) return;
        throw new InvalidOperationException(version > SchemaRow.CurrentVersion
            ? $"The two-factor tables are of version {version}, made by a newer version of TwoFactor.EntityFrameworkCore; this one works on version {SchemaRow.CurrentVersion}. Update the package."
            : $"The two-factor tables are of version {version}; this version of TwoFactor.EntityFrameworkCore works on version {SchemaRow.CurrentVersion}. Apply the next migration of the host's context, or the script in docs/schema.");
    }

    /// <summary>The tables that are not there, quoted.</summary>
    public async ValueTask<List<string>> MissingAsync(
        StoreDatabase database, DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var table in tables)
        {
            if (!await database.HasTableAsync(connection, transaction, table, cancellationToken).ConfigureAwait(false)) missing.Add(table.Table);
        }

        return missing;
    }

    private void RequireAll(List<string> missing)
    {
        if (missing.Count == 0) return;
        throw new InvalidOperationException(
            $"Of the {tables.Length} two-factor tables these are missing: {string.Join(", ", missing)}. Restore them; if the database is from an"
            + " older version, migrate it (the next migration of the host's context holds what is new), or remove all of them.");
    }
}
