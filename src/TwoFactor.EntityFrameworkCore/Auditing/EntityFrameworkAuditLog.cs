using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;

// One namespace for all that a host names.
#pragma warning disable IDE0130
namespace TwoFactor.EntityFrameworkCore;
#pragma warning restore IDE0130

/// <summary>
/// Reads the audit events that the stores have written, and remembers how far their delivery has got. Who belongs to an organisation, it
/// takes from the table of <see cref="EntityFrameworkDirectory"/>. Safe for concurrent use.
/// </summary>
public sealed class EntityFrameworkAuditLog : IAuditReader, IAuditFeed
{
    private const int ChainPage = 500;
    private readonly Func<StoreBinding> _bind;
    private readonly SettledPositions _settled = new();

    /// <summary>From how many members on an organisation's events are found by walking along all events.</summary>
    internal int LargeOrganization { get; init; } = 1000;

    /// <summary>A log over a context outside dependency injection; inside, use <c>AddEntityFrameworkStore</c>.</summary>
    /// <param name="createContext">Makes a context with the two-factor tables. It is called once, at first use, and the context is disposed of.</param>
    public EntityFrameworkAuditLog(Func<DbContext> createContext) : this(StoreBinding.OnFirstUse(createContext))
    {
    }

    internal EntityFrameworkAuditLog(Func<StoreBinding> bind) => _bind = bind;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A row is damaged in a way that no event can show.</exception>
    public async ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ImmutableArray<string> names = [.. query.Names.Where(name => DirectoryText.IsStorable(name)).Distinct(StringComparer.Ordinal)];
        // No event has a name that cannot be stored.
        if (names.IsEmpty && !query.Names.IsEmpty) return new AuditPage([], null);
        // One more than the page tells whether there is a next one.
        List<(string, object?)> values = [("@count", query.PageSize + 1)];
        if (query.Subject is { } subject) values.Add(("@subject", subject.Value));
        if (query.Organization is { } organization) values.Add(("@organization", organization.Value));
        if (query.From is { } from) values.Add(("@from", Ceiling(from)));
        if (query.Until is { } until) values.Add(("@until", Ceiling(until)));
        for (var i = 0; i < names.Length; i++) values.Add(($"@name{i}", names[i]));
        if (query.After is { } after)
            values.AddRange([("@time", Ceiling(after.OccurredAt)), ("@chain", IsWhole(after.OccurredAt) ? after.Chain.ToString() : ""), ("@sequence", after.Sequence)]);

        var walk = query is { Organization: { } whose, Subject: null } && await IsLargeAsync(whose, cancellationToken).ConfigureAwait(false);
        var events = await ReadAsync(statements => statements.Page(query, names.Length, walk), [.. values], AuditEventColumns.Read, cancellationToken).ConfigureAwait(false);
        if (events.Count <= query.PageSize) return new AuditPage([.. events], null);
        return new AuditPage([.. events.Take(query.PageSize)], AuditCursor.Of(events[query.PageSize - 1]));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A row is damaged in a way that no event can show.</exception>
    public async IAsyncEnumerable<AuditEvent> ReadChainAsync(AuditChainId chain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        while (true)
        {
            var page = await ReadAsync(
                statements => statements.Chain, [("@chain", chain.ToString()), ("@after", after), ("@count", ChainPage)], ReadOrFault, cancellationToken)
                .ConfigureAwait(false);
            // Events before a damaged row are whole, and are handed out before it is told.
            foreach (var (e, fault) in page) yield return e ?? throw fault!;
            if (page.Count < ChainPage) yield break;
            after = page[^1].Event!.Sequence;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A row is damaged in a way that no event can show.</exception>
    public async ValueTask<ImmutableArray<(long Position, AuditEvent Event)>> ReadAsync(long afterPosition, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        var (read, settled) = await ReadFeedAsync(afterPosition, max, cancellationToken).ConfigureAwait(false);
        if (settled < read.Count)
        {
            var taken = await ReadAsync(
                statements => statements.LastTaken, [], static row => (Transaction: row.GetInt64(0), Position: row.IsDBNull(1) ? 0 : row.GetInt64(1)), cancellationToken)
                .ConfigureAwait(false);
            _settled.WaitFor(taken[0].Position, taken[0].Transaction);
            // Transactions that were about to end have ended by now, mostly; if not, their events come with a later call.
            (read, settled) = await ReadFeedAsync(afterPosition, max, cancellationToken).ConfigureAwait(false);
        }

        return [.. read.Take(settled)];
    }

    /// <inheritdoc/>
    public async ValueTask<long> LoadPositionAsync(string sink, CancellationToken cancellationToken)
    {
        RequireName(sink);
        var positions = await ReadAsync(
            statements => statements.LoadPosition, [("@sink", sink)], static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return positions.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask SavePositionAsync(string sink, long position, CancellationToken cancellationToken)
    {
        RequireName(sink);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        var binding = _bind();
        using var turn = await binding.Database.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await binding.Database.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        using var command = transaction.CreateCommand(binding.Audit.SavePosition, ("@sink", sink), ("@position", position));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask<(List<(long Position, AuditEvent Event)> Read, int Settled)> ReadFeedAsync(long after, int max, CancellationToken cancellationToken)
    {
        var oldest = 0L;
        var read = await ReadAsync(
            statements => statements.Feed, [("@after", after), ("@count", max)],
            row =>
            {
                oldest = row.GetInt64(EventStatements.Columns.Length + 1);
                return (Position: row.GetInt64(EventStatements.Columns.Length), Event: AuditEventColumns.Read(row));
            },
            cancellationToken).ConfigureAwait(false);
        return (read, _settled.Settle(after, [.. read.Select(row => row.Position)], oldest));
    }

    private async ValueTask<bool> IsLargeAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var counted = await ReadAsync(
            statements => statements.CountMembers, [("@organization", organization.Value), ("@count", LargeOrganization)], static row => row.GetInt64(0), cancellationToken)
            .ConfigureAwait(false);
        return counted.Single() >= LargeOrganization;
    }

    private async ValueTask<List<T>> ReadAsync<T>(
        Func<AuditStatements, string> statement, (string, object?)[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var binding = _bind();
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var command = connection.CreateCommand(statement(binding.Audit), values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) list.Add(read(rows));
        return list;
    }

    private static void RequireName(string sink)
    {
        ArgumentException.ThrowIfNullOrEmpty(sink);
        DirectoryText.Require(sink, DirectoryModel.MaxSinkLength, nameof(sink));
    }

    private static (AuditEvent? Event, InvalidDataException? Fault) ReadOrFault(DbDataReader row)
    {
        try
        {
            return (AuditEventColumns.Read(row), null);
        }
        catch (InvalidDataException e)
        {
            return (null, e);
        }
    }

    private static bool IsWhole(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMillisecond == 0;

    /// <summary>The first millisecond that is not before a moment: events have whole ones.</summary>
    private static long Ceiling(DateTimeOffset time) => time.ToUnixTimeMilliseconds() + (IsWhole(time) ? 0 : 1);
}
