using System.Data.Common;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.EntityFrameworkCore.Tests.Faults;

namespace TwoFactor.Crash;

/// <summary>A database with a defect: it commits the account first, and writes the events after it.</summary>
internal sealed class EventsApartDatabase(StoreDatabase inner, FaultPlan plan) : FaultyDatabase(inner, plan)
{
    // What each of a group writes is not to be had apart.
    protected override bool Groups => false;

    public override async ValueTask<bool> TryWriteAsync(DbConnection connection, ConditionalWrite write, CancellationToken cancellationToken)
    {
        if (!await base.TryWriteAsync(connection, write with { Events = [] }, cancellationToken)) return false;
        foreach (var row in write.Events)
        {
            using var command = connection.CreateCommand(write.Statement.InsertEvent);
            for (var i = 0; i < row.Length; i++) command.Add(EventStatements.Parameters[i], row[i]);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return true;
    }
}
