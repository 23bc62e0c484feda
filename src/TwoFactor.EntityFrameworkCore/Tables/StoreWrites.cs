using System.Collections.Immutable;
using System.Security.Cryptography;
using TwoFactor.Auditing;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>What the compare-and-swap writes of accounts and organisations have in common.</summary>
internal static class StoreWrites
{
    /// <summary>
    /// The version of a write: for a first one from 1 to 2^62, because what a removed row has had, and a request in flight may still hold, must
    /// not come again; for a later one greater by 1 to 2^31, so that a database restored from a backup does not give the numbers of lost
    /// writes to others, which this process would take for its own.
    /// </summary>
    /// <param name="expected">The version that is replaced; 0 for none.</param>
    public static long VersionAfter(long expected)
    {
        Span<byte> random = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(random);
        var number = BitConverter.ToInt64(random);
        return expected == 0 ? (number & ((1L << 62) - 1)) + 1 : checked(expected + (number & int.MaxValue) + 1);
    }

    /// <summary>The rows of events, made before the turn to write, which others wait for.</summary>
    public static object?[][] Rows(ImmutableArray<AuditEvent> events)
    {
        var rows = new object?[events.Length][];
        for (var i = 0; i < rows.Length; i++) rows[i] = AuditEventColumns.Write(events[i]);
        return rows;
    }
}
