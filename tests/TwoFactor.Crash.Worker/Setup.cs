using Microsoft.EntityFrameworkCore;

namespace TwoFactor.Crash;

/// <summary>Where accounts are kept.</summary>
public enum Engine
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,
}

/// <summary>What a worker does wrong, so that a test sees whether it is found.</summary>
public enum Defect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It answers before it saves.</summary>
    AnswersBeforeSaving,

    /// <summary>It writes the events in another transaction than the account.</summary>
    WritesEventsApart,
}

/// <summary>What a worker is made of: the first line that it reads.</summary>
/// <param name="Engine">Where it keeps accounts.</param>
/// <param name="ConnectionString">In which database.</param>
/// <param name="Key">The key of the seeds, in Base64.</param>
/// <param name="DiesAt">The step of the store at which it kills itself; null for none.</param>
/// <param name="Defect">What it does wrong.</param>
public sealed record Setup(Engine Engine, string ConnectionString, string Key, KillPoint? DiesAt = null, Defect Defect = Defect.None)
{
    public string Write() => string.Join('\t', Engine, ConnectionString, Key, Defect, DiesAt);

    public static Setup Read(string line)
    {
        var fields = line.Split('\t');
        return new Setup(Enum.Parse<Engine>(fields[0]), fields[1], fields[2], KillPoint.Read(fields[4]), Enum.Parse<Defect>(fields[3]));
    }

    public void Use(DbContextOptionsBuilder options)
    {
        if (Engine == Engine.Sqlite) options.UseSqlite(ConnectionString);
        else options.UseNpgsql(ConnectionString);
    }
}
