using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TwoFactor.EntityFrameworkCore;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>
/// The floor of a sign-in on PostgreSQL: what the store sends for one (twice: read the account, replace it if its version is still the same,
/// add an event) into the store's tables with all their indexes, prepared, on a connection that is kept, with the same durability and no
/// other work. As one statement, which is what the store sends, or as one for each step in one transaction, as such code is mostly written.
/// </summary>
internal sealed class RawPostgreSqlSignIn : IAsyncDisposable
{
    private const string Columns =
        "chain, sequence, schema_version, name, occurred_at, actor, mfa_factor_type, details, previous_hash, hash, subject, organization";

    private const string Replace =
        "UPDATE two_factor_accounts SET version = @next, data = @data, updated_at = @at, enrolled = TRUE, locked_until = 0, pending_until = 0,"
        + " previous_sign_in = @at WHERE user_id = @user AND version = @expected";

    // What lists sort by, to the user's memberships where it differs; in the benchmark there are none.
    private const string Follow =
        "UPDATE two_factor_members SET enrolled = TRUE, locked_until = 0, pending_until = 0, previous_sign_in = @at WHERE user_id = @user"
        + " AND (enrolled <> TRUE OR locked_until <> 0 OR pending_until <> 0 OR previous_sign_in <> @at)";

    private const string Event = "@user, @sequence, 1, 'sign_in_succeeded', @at, @user, 0, @details, @hash, @hash, @user, NULL";

    private const string Details = """{"method":"Password","offset":"0","step":"59078881"}""";

    private static readonly byte[] Hash = new byte[32];

    private readonly NpgsqlConnection _connection;
    private readonly string _user;
    private readonly bool _oneStatement;
    private readonly SavedAccount _account;
    private NpgsqlCommand _select = null!, _save = null!, _update = null!, _insert = null!;
    private long _sequence;

    private RawPostgreSqlSignIn(string connectionString, string user, bool oneStatement, SavedAccount account)
    {
        (_user, _oneStatement, _account) = (user, oneStatement, account);
        _connection = new NpgsqlConnection($"{connectionString};Pooling=False");
    }

    public static async Task<RawPostgreSqlSignIn> CreateAsync(string connectionString, string user, bool oneStatement, SavedAccount account)
    {
        await using (var context = new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseNpgsql(connectionString).Options))
            await context.Database.EnsureTwoFactorSchemaAsync();
        var client = new RawPostgreSqlSignIn(connectionString, user, oneStatement, account);
        await client.PrepareAsync();
        return client;
    }

    public async ValueTask SignInAsync()
    {
        for (var write = 0; write < 2; write++)
        {
            var version = await ReadAsync();
            await (_oneStatement ? WriteAtOnceAsync(version, _account.At(write)) : WriteInStepsAsync(version, _account.At(write)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in (NpgsqlCommand[])[_select, _save, _update, _insert]) await command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<long> ReadAsync()
    {
        await using var row = await _select.ExecuteReaderAsync();
        await row.ReadAsync();
        _ = row.GetFieldValue<byte[]>(1);
        return row.GetInt64(0);
    }

    private async Task WriteAtOnceAsync(long version, byte[] data)
    {
        SetUpdate(_save, version, data);
        SetEvent(_save, version);
        if (await _save.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("Somebody else wrote.");
    }

    private async Task WriteInStepsAsync(long version, byte[] data)
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        SetUpdate(_update, version, data);
        if (await _update.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("Somebody else wrote.");
        SetEvent(_insert, version);
        await _insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static void SetUpdate(NpgsqlCommand command, long version, byte[] data)
    {
        command.Parameters["data"].Value = data;
        command.Parameters["next"].Value = version + 1;
        command.Parameters["at"].Value = TimeOf(version);
        command.Parameters["expected"].Value = version;
    }

    private void SetEvent(NpgsqlCommand command, long version)
    {
        command.Parameters["sequence"].Value = ++_sequence;
        command.Parameters["at"].Value = TimeOf(version);
    }

    // A step later each time, in milliseconds, as the clock of the store's benchmark.
    private static long TimeOf(long version) => 1_700_000_000_000 + version * 30_000;

    private async Task PrepareAsync()
    {
        await _connection.OpenAsync();
        await using (var seed = Command(
            "INSERT INTO two_factor_accounts (user_id, version, data, updated_at, enrolled, locked_until, pending_until, previous_sign_in)"
            + " VALUES (@user, 1, @data, 0, TRUE, 0, 0, 0)", "user", "data")) await seed.ExecuteNonQueryAsync();
        _select = Command("SELECT version, data FROM two_factor_accounts WHERE user_id = @user", "user");
        _update = Command(Replace, "user", "next", "data", "at", "expected");
        _insert = Command($"INSERT INTO two_factor_audit_events ({Columns}) VALUES ({Event})", "user", "sequence", "at", "details", "hash");
        _save = Command(
            $"WITH replaced AS ({Replace} RETURNING 1), followed AS ({Follow} AND EXISTS (SELECT 1 FROM replaced)) INSERT INTO two_factor_audit_events ({Columns}) SELECT {Event} FROM replaced",
            "user", "next", "data", "at", "expected", "sequence", "details", "hash");
        foreach (var command in (NpgsqlCommand[])[_select, _update, _insert, _save]) await command.PrepareAsync();
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        // Statements are constants of this file.
#pragma warning disable CA2100
        var command = new NpgsqlCommand(sql, _connection);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter switch
            {
                "user" => new NpgsqlParameter(parameter, NpgsqlDbType.Text) { Value = _user },
                "details" => new NpgsqlParameter(parameter, NpgsqlDbType.Text) { Value = Details },
                "data" => new NpgsqlParameter(parameter, NpgsqlDbType.Bytea) { Value = _account.SignedIn },
                "hash" => new NpgsqlParameter(parameter, NpgsqlDbType.Bytea) { Value = Hash },
                _ => new NpgsqlParameter(parameter, NpgsqlDbType.Bigint) { Value = 0L },
            });
        }

        return command;
    }
}
