using System.Data;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The statements that add audit events.</summary>
internal sealed class EventStatements(TableNames audit)
{
    /// <summary>The columns of an audit event in the order in which it is written and read.</summary>
    internal static readonly string[] Columns =
    [
        nameof(AuditEventRow.Chain), nameof(AuditEventRow.Sequence), nameof(AuditEventRow.SchemaVersion), nameof(AuditEventRow.Name),
        nameof(AuditEventRow.OccurredAt), nameof(AuditEventRow.Actor), nameof(AuditEventRow.MfaFactorType), nameof(AuditEventRow.Details),
        nameof(AuditEventRow.PreviousHash), nameof(AuditEventRow.Hash), nameof(AuditEventRow.Subject), nameof(AuditEventRow.Organization),
    ];

    /// <summary>The parameters, in the order of the columns.</summary>
    internal static readonly string[] Parameters = [.. Columns.Select((_, i) => $"@p{i}")];

    /// <summary>The types of the parameters, so that a null has the type of its column.</summary>
    internal static readonly DbType[] Types =
    [
        DbType.String, DbType.Int64, DbType.Int32, DbType.String, DbType.Int64, DbType.String, DbType.Int32, DbType.String, DbType.Binary, DbType.Binary,
        DbType.String, DbType.String,
    ];

    /// <summary>Which column of an event a parameter is for; -1 for another parameter.</summary>
    public static int ColumnOf(string parameter) => Array.IndexOf(Parameters, parameter);

    /// <summary>The statements of a compare-and-swap by <paramref name="replace"/>, which <paramref name="follow"/>, an UPDATE with a condition, follows.</summary>
    public ConditionalStatement With(string replace, string? follow = null)
    {
        // Once the row was replaced, and only then.
        var followed = follow is null ? "" : $", followed AS ({follow} AND EXISTS (SELECT 1 FROM replaced))";
        var arrays = Parameters.Zip(Types, (parameter, type) => $"{parameter}::{NameOf(type)}[]");
        var columns = audit.List(Columns);
        // The events come from the row that was replaced: without it there are none. They get their positions in their order.
        var replaced = $"WITH replaced AS ({replace} RETURNING 1){followed} INSERT INTO {audit.Table} ({columns})";
        return new ConditionalStatement(replace, $"INSERT INTO {audit.Table} ({columns}) VALUES ({string.Join(", ", Parameters)})")
        {
            ReplaceWithEvent = new PositionalStatement($"{replaced} SELECT {string.Join(", ", Parameters)} FROM replaced"),
            ReplaceWithEvents =
                $"{replaced} SELECT {string.Join(", ", Columns.Select((_, i) => $"e.c{i}"))} FROM replaced CROSS JOIN unnest({string.Join(", ", arrays)})"
                + $" WITH ORDINALITY AS e({string.Join(", ", Columns.Select((_, i) => $"c{i}"))}, n) ORDER BY e.n",
            Follow = follow,
        };
    }

    // As PostgreSQL calls it.
    private static string NameOf(DbType type) => type switch
    {
        DbType.Int64 => "bigint",
        DbType.Int32 => "integer",
        DbType.Binary => "bytea",
        _ => "text",
    };
}
