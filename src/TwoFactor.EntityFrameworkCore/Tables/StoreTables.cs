using Microsoft.EntityFrameworkCore;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>What the two-factor tables are called in the database of a context.</summary>
internal sealed class StoreTables(DbContext context)
{
    public TableNames Accounts { get; } = TableNames.Of<AccountRow>(context);

    public TableNames Audit { get; } = TableNames.Of<AuditEventRow>(context);

    public TableNames AuditPositions { get; } = TableNames.Of<AuditPositionRow>(context);

    public TableNames Organizations { get; } = TableNames.Of<OrganizationRow>(context);

    public TableNames Members { get; } = TableNames.Of<MemberRow>(context);

    public TableNames Groups { get; } = TableNames.Of<MemberGroupRow>(context);

    public TableNames Users { get; } = TableNames.Of<DirectoryUserRow>(context);

    public TableNames Words { get; } = TableNames.Of<UserWordRow>(context);

    public TableNames Schema { get; } = TableNames.Of<SchemaRow>(context);

    public TableNames[] All => [Accounts, Audit, AuditPositions, Organizations, Members, Groups, Users, Words, Schema];

    /// <summary>The columns whose collation decides who is who, or in which order.</summary>
    public IEnumerable<(TableNames Table, string Property)> Ordinal => OrdinalText.Columns.Select(column => (Of(column.Row), column.Property));

    private TableNames Of(Type row) => All.Single(table => table.Row == row);
}
