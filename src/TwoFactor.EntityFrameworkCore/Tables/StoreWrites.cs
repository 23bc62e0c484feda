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

    public static async ValueTask AppendAsync(
        DbTransaction transaction, StoreStatements statements, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            using var command = transaction.CreateCommand(statements.InsertEvent);
            var values = AuditEventColumns.Write(e);
            for (var i = 0; i < values.Length; i++) command.Add($"@p{i}", values[i]);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
