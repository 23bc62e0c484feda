using System.Data.Common;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

// The workers of the crash tests derive from it.
#pragma warning disable CA1852
internal class FaultyDatabase(StoreDatabase inner, FaultPlan plan) : StoreDatabase
#pragma warning restore CA1852
{
    private GroupedWrites? _writes;

    public override string OldestTransaction => inner.OldestTransaction;

    public override string NextTransaction => inner.NextTransaction;

    public override ValueTask<WriteGate.Turn> EnterReadAsync(CancellationToken cancellationToken) => inner.EnterReadAsync(cancellationToken);

    public override ValueTask<WriteGate.Turn> EnterWriteAsync(CancellationToken cancellationToken) =>
        plan.TurnFails ? throw new InjectedFaultException("TURN") : inner.EnterWriteAsync(cancellationToken);

    public override async ValueTask<WriteGate.Turn> EnterGroupAsync()
    {
        await plan.TurnOfGroups;
        return plan.TurnFails ? throw new InjectedFaultException("TURN") : await inner.EnterGroupAsync();
    }

    public override bool HasOneWriter => inner.HasOneWriter;

    public override async ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        plan.Step("BEGIN");
        return new FaultyTransaction(await inner.BeginAsync(((FaultyConnection)connection).Inner, cancellationToken), (FaultyConnection)connection, plan);
    }

    /// <summary>Whether writes go together, as the engine's do.</summary>
    protected virtual bool Groups => true;

    public override ValueTask<bool> TryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken)
    {
        if (!Groups || (inner is PostgreSqlDatabase && !PostgreSqlDatabase.IsOneStatement(write))) return base.TryWriteAsync(write, cancellationToken);
        if (_writes is null) Interlocked.CompareExchange(ref _writes, new GroupedWrites(this), null);
        return _writes.TryWriteAsync(write, cancellationToken);
    }

    // By the statements of the engine, but each of them a step.
    public override ValueTask<bool> TryWriteAsync(DbConnection connection, ConditionalWrite write, CancellationToken cancellationToken) =>
        inner is PostgreSqlDatabase ? inner.TryWriteAsync(connection, write, cancellationToken) : base.TryWriteAsync(connection, write, cancellationToken);

    public override ValueTask<bool> TryWriteTogetherAsync(DbConnection connection, IReadOnlyList<GroupedWrite> group) =>
        inner is PostgreSqlDatabase ? inner.TryWriteTogetherAsync(connection, group) : base.TryWriteTogetherAsync(connection, group);

    public override ValueTask<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, TableNames table, CancellationToken cancellationToken) =>
        inner.HasTableAsync(connection, transaction, table, cancellationToken);

    public override ValueTask RequireSettingsAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        inner.RequireSettingsAsync(connection, transaction, cancellationToken);

    public override ValueTask PrepareSchemaAsync(DbConnection connection, CancellationToken cancellationToken) => inner.PrepareSchemaAsync(connection, cancellationToken);

    public override bool IsOrdinal(string? collation) => inner.IsOrdinal(collation);

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        plan.Step("CONNECT");
        var connection = await inner.ConnectAsync(cancellationToken);
        plan.Connected(connection);
        return new FaultyConnection(connection, plan);
    }

    protected override DbConnection CreateConnection() => throw new NotSupportedException();
}
