using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

internal sealed class FaultyCommand(DbCommand inner, FaultPlan plan) : DbCommand
{
    [AllowNull]
    public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }

    public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }

    public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }

    public override bool DesignTimeVisible { get => inner.DesignTimeVisible; set => inner.DesignTimeVisible = value; }

    public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }

    protected override DbConnection? DbConnection { get => inner.Connection; set => inner.Connection = ((FaultyConnection?)value)?.Inner; }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = ((FaultyTransaction?)value)?.Inner; }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery()
    {
        plan.Step(Verb);
        return inner.ExecuteNonQuery();
    }

    public override object? ExecuteScalar()
    {
        plan.Step(Verb);
        return inner.ExecuteScalar();
    }

    public override void Prepare() => inner.Prepare();

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        plan.Step(Verb);
        return inner.ExecuteReader(behavior);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private string Verb => inner.CommandText.Split(' ')[0];
}
