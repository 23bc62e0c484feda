using Microsoft.EntityFrameworkCore;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The columns whose collation decides who is who, or in which order lists are.</summary>
internal static class OrdinalText
{
    /// <summary>The columns.</summary>
    public static (Type Row, string Property)[] Columns { get; } =
    [
        (typeof(AccountRow), nameof(AccountRow.UserId)),
        (typeof(AuditEventRow), nameof(AuditEventRow.Subject)), (typeof(AuditEventRow), nameof(AuditEventRow.Chain)),
        (typeof(AuditEventRow), nameof(AuditEventRow.Organization)),
        (typeof(AuditPositionRow), nameof(AuditPositionRow.Sink)),
        (typeof(OrganizationRow), nameof(OrganizationRow.Id)),
        (typeof(MemberRow), nameof(MemberRow.Organization)), (typeof(MemberRow), nameof(MemberRow.UserId)), (typeof(MemberRow), nameof(MemberRow.NameFolded)),
        (typeof(MemberGroupRow), nameof(MemberGroupRow.Organization)), (typeof(MemberGroupRow), nameof(MemberGroupRow.UserId)),
        (typeof(MemberGroupRow), nameof(MemberGroupRow.Group)),
        (typeof(DirectoryUserRow), nameof(DirectoryUserRow.UserId)),
        (typeof(UserWordRow), nameof(UserWordRow.Word)), (typeof(UserWordRow), nameof(UserWordRow.UserId)),
    ];

    /// <summary>
    /// On PostgreSQL, whose default collation sorts as the people of some country do, gives them the one by bytes. SQLite's default is that.
    /// </summary>
    public static void Configure(ModelBuilder modelBuilder)
    {
        // Should the provider stop to be recognised, the store finds columns without the collation, and says so when the host starts.
        if (!PostgreSqlStorage.IsPostgreSql(modelBuilder)) return;
        foreach (var (row, property) in Columns) modelBuilder.Entity(row).Property(property).UseCollation("C");
    }
}
