using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

internal sealed class FaultyConnection(DbConnection inner, FaultPlan plan) : DbConnection
{
    public DbConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    public override void Open() => inner.Open();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    public override bool CanCreateBatch => inner.CanCreateBatch;

    protected override DbBatch CreateDbBatch() => new FaultyBatch(inner.CreateBatch(), this, plan);

    protected override DbCommand CreateDbCommand() => new FaultyCommand(inner.CreateCommand(), plan);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
