using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Databases;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The statements that read audit events, for SQLite (3.24 and later) and PostgreSQL alike.</summary>
internal sealed class AuditStatements
{
    private readonly TableNames _audit;
    private readonly string _columns;
    private readonly string _order;
    private readonly string _ofMembers;
    private readonly string _ofMember;

    public AuditStatements(StoreTables tables, StoreDatabase database)
    {
        _audit = tables.Audit;
        _columns = _audit.List(EventStatements.Columns);
        var (position, chain, sequence) =
            (_audit[nameof(AuditEventRow.Position)], _audit[nameof(AuditEventRow.Chain)], _audit[nameof(AuditEventRow.Sequence)]);
        _order = $"{_audit[nameof(AuditEventRow.OccurredAt)]}, {chain}, {sequence}";
        var members = tables.Members;
        var (member, subject) = (members[nameof(MemberRow.UserId)], _audit[nameof(AuditEventRow.Subject)]);
        var membersNow = $"FROM {members.Table} m WHERE m.{members[nameof(MemberRow.Organization)]} = @organization AND m.{members[nameof(MemberRow.Active)]} = TRUE";
        // What another organisation did about a shared user is that organisation's business.
        var ofNone = $"{_audit[nameof(AuditEventRow.Organization)]} IS NULL";
        _ofMembers = $"({ofNone} AND {subject} IN (SELECT m.{member} {membersNow}))";
        _ofMember = $"({ofNone} AND EXISTS (SELECT 1 {membersNow} AND m.{member} = {_audit.Table}.{subject}))";
        CountMembers = $"SELECT COUNT(*) FROM (SELECT 1 {membersNow} LIMIT @count) counted";
        Chain = $"SELECT {_columns} FROM {_audit.Table} WHERE {chain} = @chain AND {sequence} > @after ORDER BY {sequence} LIMIT @count";
        Feed = $"SELECT {_columns}, {position}, {database.OldestTransaction} FROM {_audit.Table} WHERE {position} > @after ORDER BY {position} LIMIT @count";

        LastTaken = $"SELECT {database.NextTransaction}, (SELECT MAX({position}) FROM {_audit.Table})";

        var (sink, reached) = (tables.AuditPositions[nameof(AuditPositionRow.Sink)], tables.AuditPositions[nameof(AuditPositionRow.Position)]);
        LoadPosition = $"SELECT {reached} FROM {tables.AuditPositions.Table} WHERE {sink} = @sink";
        SavePosition = $"INSERT INTO {tables.AuditPositions.Table} ({sink}, {reached}) VALUES (@sink, @position)"
            + $" ON CONFLICT ({sink}) DO UPDATE SET {reached} = excluded.{reached} WHERE excluded.{reached} > {tables.AuditPositions.Table}.{reached}";
    }

    /// <summary>How many members an organisation has, counted up to <c>@count</c>.</summary>
    public string CountMembers { get; }

    /// <summary>Events of a chain after a number, oldest first.</summary>
    public string Chain { get; }

    /// <summary>Events of all chains after a position, in the order of their positions; with each its position and before which transaction all were over.</summary>
    public string Feed { get; }

    /// <summary>A new transaction, and a position that was taken before it; null when none was.</summary>
    public string LastTaken { get; }

    /// <summary>How far a sink has got.</summary>
    public string LoadPosition { get; }

    /// <summary>Moves a sink on, never back.</summary>
    public string SavePosition { get; }

    /// <summary>
    /// One page of events, newest first. Its parameters: <c>@count</c>; <c>@subject</c>, <c>@organization</c>, <c>@from</c>, <c>@until</c>,
    /// <c>@name0</c> and so on, and <c>@time</c>, <c>@chain</c>, <c>@sequence</c> where the query has them.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="names">How many different names it asks for.</param>
    /// <param name="walk">
    /// True to walk along all events and keep those of members, which is fast when most are; false to gather the events of each member, which
    /// is fast when they are few.
    /// </param>
    public string Page(AuditQuery query, int names, bool walk)
    {
        var (subject, time) = (_audit[nameof(AuditEventRow.Subject)], _audit[nameof(AuditEventRow.OccurredAt)]);
        var filters = new List<string>();
        if (query.Subject is not null) filters.Add($"{subject} = @subject");
        if (query.Organization is not null) filters.Add($"({_audit[nameof(AuditEventRow.Organization)]} = @organization OR {(walk ? _ofMember : _ofMembers)})");
        if (query.From is not null) filters.Add($"{time} >= @from");
        if (query.Until is not null) filters.Add($"{time} < @until");
        if (names > 0) filters.Add($"{_audit[nameof(AuditEventRow.Name)]} IN ({string.Join(", ", Enumerable.Range(0, names).Select(i => $"@name{i}"))})");
        if (query.After is not null) filters.Add($"({_order}) < (@time, @chain, @sequence)");
        var where = filters.Count == 0 ? "" : " WHERE " + string.Join(" AND ", filters);
        return $"SELECT {_columns} FROM {_audit.Table}{where} ORDER BY {_order.Replace(",", " DESC,", StringComparison.Ordinal)} DESC LIMIT @count";
    }
}
