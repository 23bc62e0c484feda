using Microsoft.EntityFrameworkCore;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>How PostgreSQL keeps the rows of accounts. SQLite has no such settings.</summary>
internal static class PostgreSqlStorage
{
    /// <summary>
    /// Keeps an account in its row up to a page (8,160 bytes). By default a row of more than some 2,000 bytes is compressed, which hashes and
    /// sealed seeds resist, and then moved out of the row in pieces with an index of their own: an account is about that long, is written
    /// twice in a sign-in, and would cost several writes each time.
    /// </summary>
    public static void Configure(ModelBuilder modelBuilder)
    {
        // By its name, because the provider is not referenced. Should Npgsql stop to know it, saves are slower and nothing else.
        if (IsPostgreSql(modelBuilder)) modelBuilder.Entity<AccountRow>().HasAnnotation("Npgsql:StorageParameter:toast_tuple_target", 8160);
    }

    /// <summary>A model under construction does not say for which provider, but Npgsql's has marked it by then.</summary>
    public static bool IsPostgreSql(ModelBuilder modelBuilder) =>
        modelBuilder.Model.GetAnnotations().Any(annotation => annotation.Name.StartsWith("Npgsql:", StringComparison.Ordinal));
}
