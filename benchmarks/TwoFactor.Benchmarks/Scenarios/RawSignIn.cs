using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>
/// The floor of a sign-in on SQLite: the statements that the store sends for one (twice: read the account, replace it if its version is
/// still the same, add an event, commit) into the store's tables with all their indexes, prepared, on a connection that is kept, with the
/// same durability and no other work.
/// </summary>
internal sealed class RawSignIn : IDisposable
{
    private static readonly byte[] Hash = new byte[32];

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _writer;
    private readonly string _user;
    private readonly SavedAccount _account;
    private readonly SqliteCommand _select, _update, _follow, _insert;
    private long _sequence;

    private RawSignIn(string file, string user, SemaphoreSlim writer, SavedAccount account)
    {
        (_user, _writer, _account) = (user, writer, account);
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000");
        _select = Prepare("SELECT version, data FROM two_factor_accounts WHERE user_id = @user", "@user");
        _update = Prepare(
            "UPDATE two_factor_accounts SET version = @next, data = @data, updated_at = @at, enrolled = TRUE, locked_until = 0, pending_until = 0,"
            + " previous_sign_in = @at WHERE user_id = @user AND version = @expected",
            "@user", "@next", "@data", "@at", "@expected");
        // What lists sort by, to the user's memberships where it differs; in the benchmark there are none.
        _follow = Prepare(
            "UPDATE two_factor_members SET enrolled = TRUE, locked_until = 0, pending_until = 0, previous_sign_in = @at WHERE user_id = @user"
            + " AND (enrolled <> TRUE OR locked_until <> 0 OR pending_until <> 0 OR previous_sign_in <> @at)",
            "@user", "@at");
        _insert = Prepare(
            "INSERT INTO two_factor_audit_events (chain, sequence, schema_version, name, occurred_at, actor, mfa_factor_type, details, previous_hash, hash,"
            + " subject, organization) VALUES (@user, @sequence, 1, 'sign_in_succeeded', @at, @user, 0, @details, @hash, @hash, @user, NULL)",
            "@user", "@sequence", "@at", "@details", "@hash");
        using var seed = Prepare(
            "INSERT OR REPLACE INTO two_factor_accounts (user_id, version, data, updated_at, enrolled, locked_until, pending_until, previous_sign_in)"
            + " VALUES (@user, 1, @data, 0, TRUE, 0, 0, 0)",
            "@user", "@data");
        seed.Parameters["@user"].Value = user;
        seed.Parameters["@data"].Value = account.SignedIn;
        seed.ExecuteNonQuery();
        _insert.Parameters["@details"].Value = """{"method":"Password","offset":"0","step":"59078881"}""";
        _insert.Parameters["@hash"].Value = Hash;
    }

    public static async Task<RawSignIn> CreateAsync(string file, string user, SemaphoreSlim writer, SavedAccount account)
    {
        await using var context = new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseSqlite($"Data Source={file}").Options);
        await context.Database.EnsureTwoFactorSchemaAsync();
        return new RawSignIn(file, user, writer, account);
    }

    public async ValueTask SignInAsync()
    {
        for (var write = 0; write < 2; write++)
        {
            var version = Read();
            await _writer.WaitAsync();
            try
            {
                Write(version, _account.At(write));
            }
            finally
            {
                _writer.Release();
            }
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _update.Dispose();
        _follow.Dispose();
        _insert.Dispose();
        _connection.Dispose();
    }

    private long Read()
    {
        _select.Parameters["@user"].Value = _user;
        using var row = _select.ExecuteReader();
        row.Read();
        _ = row.GetFieldValue<byte[]>(1);
        return row.GetInt64(0);
    }

    private void Write(long version, byte[] data)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        (_update.Transaction, _follow.Transaction, _insert.Transaction) = (transaction, transaction, transaction);
        _update.Parameters["@user"].Value = _user;
        _update.Parameters["@next"].Value = version + 1;
        _update.Parameters["@data"].Value = data;
        _update.Parameters["@at"].Value = TimeOf(version);
        _update.Parameters["@expected"].Value = version;
        if (_update.ExecuteNonQuery() != 1) throw new InvalidOperationException("Somebody else wrote.");
        _follow.Parameters["@user"].Value = _user;
        _follow.Parameters["@at"].Value = TimeOf(version);
        _follow.ExecuteNonQuery();
        _insert.Parameters["@user"].Value = _user;
        _insert.Parameters["@sequence"].Value = ++_sequence;
        _insert.Parameters["@at"].Value = TimeOf(version);
        _insert.ExecuteNonQuery();
        transaction.Commit();
    }

    // A step later each time, in milliseconds, as the clock of the store's benchmark.
    private static long TimeOf(long version) => 1_700_000_000_000 + version * 30_000;

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        // Statements are constants of this file.
#pragma warning disable CA2100
        var command = new SqliteCommand(sql, _connection);
#pragma warning restore CA2100
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter(parameter, DBNull.Value));
        return command;
    }

    private void Execute(string sql)
    {
        using var command = Prepare(sql);
        command.ExecuteNonQuery();
    }
}
