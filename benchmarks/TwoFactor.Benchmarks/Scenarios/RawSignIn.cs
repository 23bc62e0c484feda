using Microsoft.Data.Sqlite;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>
/// The floor of a sign-in on SQLite: the statements that the store sends for one (twice: read the account, replace it if its version is
/// still the same, add an event, commit), prepared, on a connection that is kept, with the same durability and no other work.
/// </summary>
internal sealed class RawSignIn : IDisposable
{
    // The size of an account after an enrolment and of the values of an event, within a few bytes.
    private static readonly byte[] Data = new byte[2_600];
    private static readonly byte[] Hash = new byte[32];

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _writer;
    private readonly string _user;
    private readonly SqliteCommand _select, _update, _insert;
    private long _sequence;

    public RawSignIn(string file, string user, SemaphoreSlim writer)
    {
        (_user, _writer) = (user, writer);
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000");
        Execute("CREATE TABLE IF NOT EXISTS Accounts (UserId TEXT PRIMARY KEY, Version INTEGER, Data BLOB, UpdatedAt INTEGER)");
        Execute("CREATE TABLE IF NOT EXISTS Events (Chain TEXT, Sequence INTEGER, SchemaVersion INTEGER, Name TEXT, OccurredAt INTEGER,"
            + " Actor TEXT, Factor INTEGER, Details TEXT, PreviousHash BLOB, Hash BLOB, Subject TEXT, Organization TEXT, PRIMARY KEY (Chain, Sequence))");
        _select = Prepare("SELECT Version, Data FROM Accounts WHERE UserId = @user", "@user");
        _update = Prepare(
            "UPDATE Accounts SET Version = @next, Data = @data, UpdatedAt = @at WHERE UserId = @user AND Version = @expected",
            "@user", "@next", "@data", "@at", "@expected");
        _insert = Prepare(
            "INSERT INTO Events VALUES (@user, @sequence, 1, 'sign_in.succeeded', @at, @user, 0, @details, @hash, @hash, @user, NULL)",
            "@user", "@sequence", "@at", "@details", "@hash");
        using var seed = Prepare("INSERT OR REPLACE INTO Accounts VALUES (@user, 1, @data, 0)", "@user", "@data");
        seed.Parameters["@user"].Value = user;
        seed.Parameters["@data"].Value = Data;
        seed.ExecuteNonQuery();
        _update.Parameters["@data"].Value = Data;
        _insert.Parameters["@details"].Value = """{"method":"Password","offset":"0","step":"59078881"}""";
        _insert.Parameters["@hash"].Value = Hash;
    }

    public async ValueTask SignInAsync()
    {
        for (var write = 0; write < 2; write++)
        {
            var version = Read();
            await _writer.WaitAsync();
            try
            {
                Write(version);
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

    private void Write(long version)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        (_update.Transaction, _insert.Transaction) = (transaction, transaction);
        _update.Parameters["@user"].Value = _user;
        _update.Parameters["@next"].Value = version + 1;
        _update.Parameters["@at"].Value = version;
        _update.Parameters["@expected"].Value = version;
        if (_update.ExecuteNonQuery() != 1) throw new InvalidOperationException("Somebody else wrote.");
        _insert.Parameters["@user"].Value = _user;
        _insert.Parameters["@sequence"].Value = ++_sequence;
        _insert.Parameters["@at"].Value = version;
        _insert.ExecuteNonQuery();
        transaction.Commit();
    }

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
