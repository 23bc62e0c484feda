using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TwoFactor.EntityFrameworkCore;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>Fills a database with the accounts of a crowd, past the library and as fast as the database takes rows.</summary>
internal static class CrowdDatabase
{
    private const string Columns = "user_id, version, updated_at, enrolled, locked_until, pending_until, previous_sign_in, data";

    /// <summary>
    /// As sign-ins leave a file: each row has been as long as it gets, and the pages have room for it. Filled with the short rows of users between
    /// two sign-ins, each page would be split at the first sign-in of a user in it.
    /// </summary>
    public static async Task FillSqliteAsync(string file, Crowd crowd, int members)
    {
        await EnsureAsync(options => options.UseSqlite($"Data Source={file}"));
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA synchronous = OFF");
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        (insert.Transaction, insert.CommandText) = (transaction, $"INSERT INTO two_factor_accounts ({Columns}) VALUES (@user, 1, 0, TRUE, 0, 0, @previous, @data)");
        var (user, data) = (insert.Parameters.Add("@user", SqliteType.Text), insert.Parameters.Add("@data", SqliteType.Blob));
        insert.Parameters.AddWithValue("@previous", crowd.Keys.PreviousSignIn);
        for (var i = 0; i < members; i++)
        {
            (user.Value, data.Value) = (Crowd.Member(i).Value, crowd.WaitingDataOf(i));
            insert.ExecuteNonQuery();
        }

        insert.CommandText = "UPDATE two_factor_accounts SET data = @data WHERE user_id = @user";
        for (var i = 0; i < members; i++)
        {
            (user.Value, data.Value) = (Crowd.Member(i).Value, crowd.DataOf(i));
            insert.ExecuteNonQuery();
        }

        await transaction.CommitAsync();
        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public static async Task FillPostgreSqlAsync(string connectionString, Crowd crowd, int members)
    {
        await EnsureAsync(options => options.UseNpgsql(connectionString));
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY two_factor_accounts ({Columns}) FROM STDIN (FORMAT BINARY)"))
        {
            for (var i = 0; i < members; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Crowd.Member(i).Value, NpgsqlDbType.Varchar);
                await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(true, NpgsqlDbType.Boolean);
                await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(crowd.Keys.PreviousSignIn, NpgsqlDbType.Bigint);
                await copy.WriteAsync(crowd.DataOf(i), NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("VACUUM ANALYZE two_factor_accounts", connection) { CommandTimeout = 300 };
        await settle.ExecuteNonQueryAsync();
        settle.CommandText = "CHECKPOINT";
        await settle.ExecuteNonQueryAsync();
    }

    private static async Task EnsureAsync(Action<DbContextOptionsBuilder<TwoFactorDbContext>> use)
    {
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>();
        use(options);
        await using var context = new TwoFactorDbContext(options.Options);
        await context.Database.EnsureTwoFactorSchemaAsync();
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        // Statements are constants of this file.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
