using System.Data;
using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

/// <summary>A batch, which is a transaction of its own. It is a step, named after its last statement.</summary>
internal sealed class FaultyBatch(DbBatch inner, FaultyConnection connection, FaultPlan plan) : DbBatch
{
    public override int Timeout { get => inner.Timeout; set => inner.Timeout = value; }

    protected override DbBatchCommandCollection DbBatchCommands => inner.BatchCommands;

    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }

    protected override DbTransaction? DbTransaction { get => inner.Transaction; set => throw new NotSupportedException(); }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery() => throw new NotSupportedException();

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
    {
        plan.Step(Verb);
        var affected = await inner.ExecuteNonQueryAsync(cancellationToken);
        // It is written, but the caller cannot know.
        plan.Step("WRITTEN");
        return affected;
    }

    public override object ExecuteScalar() => throw new NotSupportedException();

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void Prepare() => throw new NotSupportedException();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    protected override DbBatchCommand CreateDbBatchCommand() => inner.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => throw new NotSupportedException();

    private string Verb => inner.BatchCommands[^1].CommandText.Split(' ')[0];
}
