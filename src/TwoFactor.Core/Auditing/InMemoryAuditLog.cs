using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace TwoFactor.Auditing;

/// <summary>The audit events of the in-memory stores. It refuses what a table's key refuses: a second event with a chain's number.</summary>
public sealed class InMemoryAuditLog : IAuditReader, IAuditFeed
{
    private readonly Lock _gate = new();
    // A removed event leaves a hole, because its place is its position.
    private readonly List<AuditEvent?> _events = [];
    private readonly Dictionary<AuditChainId, long> _last = [];
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);
    private readonly Func<Accounts.OrganizationId, Accounts.UserId, bool> _belongs;

    /// <summary>A log for a host without organisations.</summary>
    public InMemoryAuditLog() : this((_, _) => false)
    {
    }

    /// <summary>A log.</summary>
    /// <param name="belongs">Whether a user belongs to an organisation now, for reading by organisation.</param>
    public InMemoryAuditLog(Func<Accounts.OrganizationId, Accounts.UserId, bool> belongs)
    {
        ArgumentNullException.ThrowIfNull(belongs);
        _belongs = belongs;
    }

    /// <summary>The events of a chain, oldest first.</summary>
    public ImmutableArray<AuditEvent> EventsOf(AuditChainId chain)
    {
        lock (_gate) return [.. _events.OfType<AuditEvent>().Where(e => e.Chain == chain)];
    }

    /// <summary>Adds all or nothing; throws when they do not continue the chain.</summary>
    internal void Append(AuditChainId chain, ImmutableArray<AuditEvent> events)
    {
        lock (_gate)
        {
            var last = _last.GetValueOrDefault(chain);
            foreach (var e in events)
            {
                if (e.Chain != chain) throw new ArgumentException("The events are of another chain than the record that is saved.", nameof(events));
                if (e.Sequence <= last) throw new InvalidOperationException($"The chain has an event {last} already; {e.Sequence} does not continue it.");
                last = e.Sequence;
            }

            _last[chain] = last;
            foreach (var e in events) _events.Add(e);
        }
    }

    /// <summary>Removes a chain.</summary>
    internal void Remove(AuditChainId chain)
    {
        lock (_gate)
        {
            _last.Remove(chain);
            for (var i = 0; i < _events.Count; i++)
            {
                if (_events[i]?.Chain == chain) _events[i] = null;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        List<AuditEvent> matches;
        lock (_gate) matches = [.. _events.OfType<AuditEvent>().Where(e => Matches(e, query))];
        matches.Sort(AuditCursor.Compare);
        ImmutableArray<AuditEvent> page = [.. matches.Take(query.PageSize)];
        return ValueTask.FromResult(new AuditPage(page, matches.Count > page.Length ? AuditCursor.Of(page[^1]) : null));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditEvent> ReadChainAsync(AuditChainId chain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var e in EventsOf(chain))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return e;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<(long Position, AuditEvent Event)>> ReadAsync(long afterPosition, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        lock (_gate)
        {
            // The position of an event is its place in the list, from 1.
            var first = (int)Math.Min(afterPosition, _events.Count);
            var placed = _events.Skip(first).Select((e, i) => (Position: first + i + 1L, Event: e)).Where(entry => entry.Event is not null);
            return ValueTask.FromResult<ImmutableArray<(long, AuditEvent)>>([.. placed.Take(max).Select(entry => (entry.Position, entry.Event!))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> LoadPositionAsync(string sink, CancellationToken cancellationToken)
    {
        lock (_gate) return ValueTask.FromResult(_positions.GetValueOrDefault(sink));
    }

    /// <inheritdoc/>
    public ValueTask SavePositionAsync(string sink, long position, CancellationToken cancellationToken)
    {
        lock (_gate) _positions[sink] = Math.Max(position, _positions.GetValueOrDefault(sink));
        return default;
    }

    private bool Matches(AuditEvent e, AuditQuery query) =>
        (query.Subject is not { } subject || e.Subject == subject)
        && (query.Organization is not { } organization || e.Organization == organization || (e.Organization is null && e.Subject is { } user && _belongs(organization, user)))
        && (query.From is not { } from || e.OccurredAt >= from)
        && (query.Until is not { } until || e.OccurredAt < until)
        && (query.Names.IsEmpty || query.Names.Contains(e.Name, StringComparer.Ordinal))
        && (query.After is not { } after || after.IsBefore(e));
}
