using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>The connection string of the store's own pool.</summary>
internal static class PostgreSqlAddress
{
    /// <summary>
    /// The host's connection string, with what suits a pool whose connections nobody else uses; null when the host configured a data source
    /// instead. Each setting that the host has made itself stays as it is.
    /// </summary>
    public static string? Of(DbContext context)
    {
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        if (options.ConnectionString is null) return null;
        var keywords = new DbConnectionStringBuilder { ConnectionString = context.Database.GetConnectionString() };
        // Nobody but the store uses these connections, and it leaves nothing behind that a reset would have to undo.
        Default(keywords, "No Reset On Close", true);
        // Each statement is parsed and planned once a connection.
        Default(keywords, "Max Auto Prepare", 40);
        Default(keywords, "Auto Prepare Min Usages", 2);
        Default(keywords, "Enlist", false);
        return keywords.ConnectionString;
    }

    private static void Default(DbConnectionStringBuilder keywords, string keyword, object value)
    {
        // Npgsql also takes its keywords without blanks.
        if (keywords.ContainsKey(keyword) || keywords.ContainsKey(keyword.Replace(" ", "", StringComparison.Ordinal))) return;
        keywords[keyword] = value;
    }
}
