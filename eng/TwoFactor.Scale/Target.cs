using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore;

namespace TwoFactor.Scale;

/// <summary>A table of the library as the generator fills it.</summary>
internal sealed record Table(string Name, params string[] Columns);

/// <summary>A database that is filled once and then measured.</summary>
internal abstract class Target
{
    /// <summary>Which database the library is to open.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Writes rows past the library, as fast as the database takes them, and then makes the indexes.</summary>
    /// <param name="fill">Gives the rows.</param>
    public abstract Task FillAsync(Action<Action<Table, object[]>> fill);

    /// <summary>Reads all of it into memory, so that what is measured is the work of queries and not the disk of the day.</summary>
    public abstract Task WarmAsync();

    /// <summary>Bytes that the database takes on disk.</summary>
    public abstract Task<long> SizeAsync();

    /// <summary>The plan of a query, as the database prints it.</summary>
    public abstract Task<string> ExplainAsync(string sql, IReadOnlyList<(string Name, object Value)> values);

    public TwoFactorDbContext CreateContext()
    {
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>();
        Configure(options);
        return new TwoFactorDbContext(options.Options);
    }
}
