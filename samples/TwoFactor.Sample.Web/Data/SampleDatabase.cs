using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwoFactor.Sample.Web.Hosting;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Where the tables are: a SQLite file in the data folder, or the PostgreSQL database that the setting <c>Sample:PostgreSql</c> names.</summary>
public sealed class SampleDatabase
{
    // SQLITE_CONSTRAINT_UNIQUE, https://www.sqlite.org/rescode.html
    private const int UniqueViolation = 2067;

    private readonly string _file;
    private readonly NpgsqlConnectionStringBuilder? _server;

    private SampleDatabase(string file, NpgsqlConnectionStringBuilder? server) => (_file, _server) = (file, server);

    public bool IsInFolder => _server is null;

    /// <summary>Where to look for the data, for people; without a password.</summary>
    public string Description => _server is null ? _file : $"{_server.Host}:{_server.Port}/{_server.Database}";

    /// <param name="configuration"><c>Sample:PostgreSql</c> is a connection string of Npgsql with a <c>Database</c>, which is made if it is not there; empty for SQLite.</param>
    /// <param name="folder">Where the file of SQLite goes.</param>
    /// <exception cref="InvalidOperationException">The connection string is none, or names no database.</exception>
    public static SampleDatabase Choose(IConfiguration configuration, DataFolder folder)
    {
        var text = configuration["Sample:PostgreSql"];
        if (string.IsNullOrWhiteSpace(text)) return new SampleDatabase(folder.Database, null);
        try
        {
            var server = new NpgsqlConnectionStringBuilder(text);
            if (!string.IsNullOrEmpty(server.Host) && !string.IsNullOrEmpty(server.Database)) return new SampleDatabase(folder.Database, server);
        }
        // Its message can have a part of the text, and the text a password.
        catch (ArgumentException)
        {
        }

        throw new InvalidOperationException("Sample:PostgreSql is no connection string with Host and Database, such as \"Host=localhost;Username=me;Database=sample\". Leave it empty for SQLite.");
    }

    public void Configure(DbContextOptionsBuilder options)
    {
        if (_server is null) options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = _file }.ToString());
        else options.UseNpgsql(_server.ToString());
    }

    /// <summary>True when what was to be added is there already.</summary>
    public static bool IsDuplicate(DbUpdateException e) => e.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueViolation }
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
