using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Databases;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>What the compare-and-swap writes of accounts and organisations have in common.</summary>
internal static class StoreWrites
{
    // 1 to 2^62: what a removed row has had, and a request in flight may still hold, does not come again.
    public static long FirstVersion()
    {
        Span<byte> random = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(random);
        return (BitConverter.ToInt64(random) & ((1L << 62) - 1)) + 1;
    }

    /// <summary>The rows of events, made before the turn to write, which others wait for.</summary>
    public static object?[][] Rows(ImmutableArray<AuditEvent> events)
    {
        var rows = new object?[events.Length][];
        for (var i = 0; i < rows.Length; i++) rows[i] = AuditEventColumns.Write(events[i]);
        return rows;
    }

    /// <summary>Adds the rows that <see cref="Rows"/> has made, by one command that is prepared once.</summary>
    public static async ValueTask AppendAsync(
        DbTransaction transaction, StoreStatements statements, object?[][] rows, CancellationToken cancellationToken)
    {
        if (rows.Length == 0) return;
        using var command = transaction.CreateCommand(statements.InsertEvent);
        foreach (var name in StoreStatements.EventParameters) command.Add(name, null);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
