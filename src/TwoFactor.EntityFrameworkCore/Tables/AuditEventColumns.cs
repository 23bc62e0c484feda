using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text.Json;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>An audit event as the values of its row, in the order of <see cref="EventStatements.Columns"/>, and back.</summary>
internal static class AuditEventColumns
{
    public static object?[] Write(AuditEvent e) =>
    [
        e.Chain.ToString(), e.Sequence, e.Schema, e.Name, e.OccurredAt.ToUnixTimeMilliseconds(), e.Actor, (int?)e.MfaFactorType,
        JsonSerializer.Serialize(e.Details), ImmutableCollectionsMarshal.AsArray(e.PreviousHash), ImmutableCollectionsMarshal.AsArray(e.Hash),
        e.Subject?.Value, e.Organization?.Value,
    ];

    /// <exception cref="InvalidDataException">The row is damaged in a way that no event can show.</exception>
    public static AuditEvent Read(DbDataReader row)
    {
        var (chain, sequence) = (row.GetString(0), row.GetInt64(1));
        try
        {
            return new AuditEvent
            {
                Chain = AuditChainId.Parse(chain),
                Sequence = sequence,
                Schema = row.GetInt32(2),
                Name = row.GetString(3),
                OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
                Actor = row.GetString(5),
                MfaFactorType = row.IsDBNull(6) ? null : (MfaFactorType)row.GetInt32(6),
                Details = Details(row.GetString(7)),
                PreviousHash = ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(8)),
                Hash = ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(9)),
                Subject = row.IsDBNull(10) ? null : new UserId(row.GetString(10)),
                Organization = row.IsDBNull(11) ? null : new OrganizationId(row.GetString(11)),
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException($"The stored audit event {sequence} of '{chain}' is damaged.", e);
        }
    }

    private static ImmutableSortedDictionary<string, string> Details(string json) =>
        (JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
