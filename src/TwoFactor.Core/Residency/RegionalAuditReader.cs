using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Auditing;

namespace TwoFactor.Residency;

/// <summary>Reads the audit events of all regions as one listing, and a chain from where its owner is at home.</summary>
internal sealed class RegionalAuditReader(RegionSet regions) : IAuditReader
{
    public async ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // One more than the page tells whether there is a next one. While an account moves, its events are in two regions and equal.
        var events = ImmutableArray.CreateBuilder<AuditEvent>(query.PageSize);
        var sources = regions.All.Select(region => EventsAsync(region, query, cancellationToken));
        await foreach (var e in OrderedMerge.MergeAsync(sources, AuditCursor.Compare, cancellationToken).ConfigureAwait(false))
        {
            if (events.Count == query.PageSize) return new AuditPage(events.ToImmutable(), AuditCursor.Of(events[^1]));
            events.Add(e);
        }

        return new AuditPage(events.ToImmutable(), null);
    }

    public async IAsyncEnumerable<AuditEvent> ReadChainAsync(AuditChainId chain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var home = chain switch
        {
            { Account: { } user } => await regions.HomeOfAsync(user, cancellationToken).ConfigureAwait(false),
            { Organization: { } organization } => await regions.HomeOfAsync(organization, cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentException("The chain is default and names none.", nameof(chain)),
        };
        await foreach (var e in ReaderOf(home).ReadChainAsync(chain, cancellationToken).ConfigureAwait(false)) yield return e;
    }

    private static async IAsyncEnumerable<AuditEvent> EventsAsync(Region region, AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await ReaderOf(region).QueryAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var e in page.Events) yield return e;
            if (page.Next is not { } next) yield break;
            query = query with { After = next };
        }
    }

    private static IAuditReader ReaderOf(Region region) => region.Require(region.Audit);
}
