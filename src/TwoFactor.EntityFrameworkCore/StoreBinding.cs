using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>All that a store takes from a context: where the data is and what its tables are called.</summary>
internal sealed record StoreBinding(StoreDatabase Database, StoreStatements Statements)
{
    public static StoreBinding To(DbContext context)
    {
        var database = StoreDatabase.Of(context);
        var (accounts, audit) = (TableNames.Of<AccountRow>(context), TableNames.Of<AuditEventRow>(context));
        RequireOrdinal(database, accounts, nameof(AccountRow.UserId));
        RequireOrdinal(database, audit, nameof(AuditEventRow.Subject));
        return new StoreBinding(database, new StoreStatements(accounts, audit));
    }

    // Under a collation that ignores case or accents one user would get another's second factor.
    private static void RequireOrdinal(StoreDatabase database, TableNames table, string property)
    {
        if (table.CollationOf(property) is not { } collation || database.IsOrdinal(collation)) return;
        throw new InvalidOperationException(
            $"The collation of {table.Table}.{table[property]} is {collation}, under which different users could be one. User ids need the ordinal collation: remove UseCollation for this column.");
    }
}
