using System.Collections.Immutable;
using System.Security.Cryptography;
using TwoFactor.Auditing;

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
}
