using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>What a connection string of Microsoft.Data.Sqlite says about where the database is.</summary>
/// <param name="ConnectionString">The connection string; a relative path has become absolute, so that it stays the same file.</param>
/// <param name="Key">The same for two connection strings of one database, however they are written otherwise.</param>
/// <param name="InMemory">True when it is gone with its last connection.</param>
/// <param name="SharedCache">True when connections share a cache, and so block each other by table, readers included.</param>
internal sealed record SqliteAddress(string ConnectionString, string Key, bool InMemory, bool SharedCache)
{
    private static readonly string[] SourceKeywords = ["Data Source", "DataSource", "Filename"];

    public static SqliteAddress Parse(string connectionString)
    {
        var keywords = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var keyword = SourceKeywords.FirstOrDefault(keywords.ContainsKey) ?? SourceKeywords[0];
        var source = Value(keywords, keyword);
        var isUri = source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        var inMemory = source is ":memory:" or "" || Is(keywords, "Mode", "Memory")
            || (isUri && (source.Contains(":memory:", StringComparison.Ordinal) || source.Contains("mode=memory", StringComparison.Ordinal)));
        var shared = Is(keywords, "Cache", "Shared") || (isUri && source.Contains("cache=shared", StringComparison.Ordinal));
        if (source.Length == 0 || (inMemory && !shared))
        {
            throw new InvalidOperationException(
                "Every connection to this SQLite database would see an empty one of its own, and the two-factor store needs connections of its own. "
                + "Use a file, or a shared one in memory: Data Source=name;Mode=Memory;Cache=Shared.");
        }

        if (inMemory) return new SqliteAddress(connectionString, "memory:" + source, true, true);
        if (isUri || source.StartsWith('|')) return new SqliteAddress(connectionString, source, false, shared);
        var path = Path.GetFullPath(source);
        keywords[keyword] = path;
        return new SqliteAddress(keywords.ConnectionString, path, false, shared);
    }

    private static string Value(DbConnectionStringBuilder keywords, string keyword) =>
        keywords.TryGetValue(keyword, out var value) ? value.ToString() ?? "" : "";

    private static bool Is(DbConnectionStringBuilder keywords, string keyword, string value) =>
        string.Equals(Value(keywords, keyword), value, StringComparison.OrdinalIgnoreCase);
}
