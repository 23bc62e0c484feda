using Npgsql;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// Gets a test's database ready for the next test, which costs milliseconds where dropping one and making another costs half a second. It has then what a
/// new copy of the template has: rows, sequences, tables and settings. Connections that do nothing stay, as they are dear to open.
/// </summary>
internal sealed class PostgreSqlWiping
{
    // What a test has left under way must not write into the next one, nor hold a lock. Many connections are those of a test about them.
    private const string IsBusy = """
        SELECT count(*) > 50 OR count(*) FILTER (WHERE state <> 'idle' OR EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid)) > 0
        FROM pg_stat_activity a WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        """;

    // What tests write takes some 100 KiB. Whoever wrote more leaves behind dead rows, which slow the next one down.
    private const int MostGrowth = 4 << 20;

    // Whatever a test may have changed besides the rows of the tables and the next value of sequences. Objects of a database's own have numbers from 16384 on.
    private const string Shape = """
        SELECT md5(string_agg(part, E'\n' ORDER BY part)) FROM (
            SELECT row(oid, relname, relnamespace, relkind, relowner, relpersistence, relrowsecurity, relacl, reloptions)::text FROM pg_class WHERE oid >= 16384
            UNION ALL SELECT row(attrelid, attname, attnum, atttypid, atttypmod, attnotnull, atthasdef, attstattarget, attcollation, attisdropped)::text FROM pg_attribute WHERE attrelid >= 16384
            UNION ALL SELECT row(adrelid, adnum, adbin)::text FROM pg_attrdef
            UNION ALL SELECT row(oid, conname, conrelid, convalidated)::text FROM pg_constraint WHERE oid >= 16384
            UNION ALL SELECT row(indexrelid, indisvalid)::text FROM pg_index WHERE indexrelid >= 16384
            UNION ALL SELECT row(oid, tgname, tgrelid, tgenabled)::text FROM pg_trigger
            UNION ALL SELECT row(oid, proname)::text FROM pg_proc WHERE oid >= 16384
            UNION ALL SELECT row(oid, nspname, nspacl)::text FROM pg_namespace
            UNION ALL SELECT row(extname)::text FROM pg_extension
            UNION ALL SELECT row(seqrelid, seqstart, seqincrement, seqcache)::text FROM pg_sequence
            UNION ALL SELECT row(setrole, setconfig)::text FROM pg_db_role_setting WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            UNION ALL SELECT row(datallowconn, datconnlimit, datacl)::text FROM pg_database WHERE datname = current_database()
            UNION ALL SELECT row(id, version)::text FROM two_factor_schema
        ) parts(part)
        """;

    private readonly string _shape;
    private readonly long _size;
    private readonly string _wipe;

    private PostgreSqlWiping(string shape, long size, string wipe) => (_shape, _size, _wipe) = (shape, size, wipe);

    /// <summary>Learns what a database is to be like.</summary>
    public static async Task<PostgreSqlWiping> OfAsync(string connectionString)
    {
        await using var connection = await OpenAsync(connectionString);
        var tables = await ReadAsync<string>(
            connection, "SELECT string_agg(format('DELETE FROM %s;', oid::regclass), '') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'two_factor_schema'");
        var sequences = await ReadAsync<string>(
            connection, "SELECT string_agg(format('SELECT setval(%s, 1, false);', oid), '') FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace");
        return new PostgreSqlWiping(await ReadAsync<string>(connection, Shape), await SizeAsync(connection), $"{tables}{sequences}");
    }

    /// <summary>False when the database is another than it was, and to be dropped.</summary>
    public async Task<bool> TryAsync(string connectionString)
    {
        try
        {
            await using var connection = await OpenAsync(connectionString);
            if (await ReadAsync<bool>(connection, IsBusy)) return false;
            if (await SizeAsync(connection) > _size + MostGrowth || await ReadAsync<string>(connection, Shape) != _shape) return false;
            await using var command = new NpgsqlCommand(_wipe, connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException)
        {
            // No longer a database that lets anybody in, or has those tables.
            return false;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static Task<long> SizeAsync(NpgsqlConnection connection) => ReadAsync<long>(connection, "SELECT pg_database_size(current_database())");

    private static async Task<T> ReadAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
