using System.Data;
using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

internal sealed class FaultyTransaction(DbTransaction inner, FaultyConnection connection, FaultPlan plan) : DbTransaction
{
    public DbTransaction Inner => inner;

    public override IsolationLevel IsolationLevel => inner.IsolationLevel;

    protected override DbConnection DbConnection => connection;

    public override void Commit()
    {
        plan.Step("COMMIT");
        inner.Commit();
        plan.Step("COMMITTED");
    }

    public override void Rollback() => inner.Rollback();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
