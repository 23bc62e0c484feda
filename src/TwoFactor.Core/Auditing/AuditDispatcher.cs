using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>
/// Delivers stored events to sinks, each at its own pace: at least once, in order, resumed where it stopped. A sink that fails is tried
/// again at the next run; it loses nothing and holds up neither the others nor any sign-in. The host runs it on a timer, one run at a time.
/// </summary>
public sealed class AuditDispatcher
{
    private const int BatchSize = 100;
    private readonly ImmutableArray<(RegionId? Region, IAuditFeed Feed)> _feeds;
    private readonly ImmutableArray<IAuditSink> _sinks;

    /// <summary>Delivers the events of one store.</summary>
    public AuditDispatcher(IAuditFeed feed, IEnumerable<IAuditSink> sinks) : this([(null, feed)], sinks)
    {
    }

    /// <summary>Delivers the events of several regions, each with the sinks' progress in it.</summary>
    internal AuditDispatcher(ImmutableArray<(RegionId? Region, IAuditFeed Feed)> feeds, IEnumerable<IAuditSink> sinks) =>
        (_feeds, _sinks) = (feeds, Distinct(sinks));

    /// <summary>Delivers what is there now to every sink.</summary>
    /// <param name="cancellationToken">Ends the run, for a sink that never answers; what it did not take comes again.</param>
    /// <returns>One entry a sink; with regions, one a sink and region.</returns>
    public async ValueTask<ImmutableArray<AuditDelivery>> RunAsync(CancellationToken cancellationToken = default)
    {
        // At once, and each from a thread of the pool: one that is slow, or blocks its thread, holds up itself alone.
        var runs = _sinks.Select(sink => Task.Run(() => RunAsync(sink, cancellationToken), cancellationToken));
        return [.. (await Task.WhenAll(runs).ConfigureAwait(false)).SelectMany(deliveries => deliveries)];
    }

    // One region after another: a sink is never asked to take two batches at once.
    private async Task<List<AuditDelivery>> RunAsync(IAuditSink sink, CancellationToken cancellationToken)
    {
        var deliveries = new List<AuditDelivery>(_feeds.Length);
        foreach (var (region, feed) in _feeds)
        {
            if (sink is IRegionalAuditSink { Region: var own } && own != region) continue;
            deliveries.Add(await RunAsync(feed, sink, cancellationToken).ConfigureAwait(false) with { Region = region });
        }

        return deliveries;
    }

    private static async ValueTask<AuditDelivery> RunAsync(IAuditFeed feed, IAuditSink sink, CancellationToken cancellationToken)
    {
        var position = await feed.LoadPositionAsync(sink.Name, cancellationToken).ConfigureAwait(false);
        var delivered = 0;
        while (true)
        {
            var batch = await feed.ReadAsync(position, BatchSize, cancellationToken).ConfigureAwait(false);
            if (batch.IsEmpty) return new AuditDelivery(sink.Name, delivered, null);
            if (await DeliverAsync(sink, [.. batch.Select(entry => entry.Event)], cancellationToken).ConfigureAwait(false) is { } fault)
                return new AuditDelivery(sink.Name, delivered, fault);
            position = batch[^1].Position;
            await feed.SavePositionAsync(sink.Name, position, cancellationToken).ConfigureAwait(false);
            delivered += batch.Length;
        }
    }

    private static async ValueTask<Exception?> DeliverAsync(IAuditSink sink, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await sink.DeliverAsync(events, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a sink throws is its own trouble: the events stay where they are, and the other sinks get theirs.
            return e;
        }
    }

    private static ImmutableArray<IAuditSink> Distinct(IEnumerable<IAuditSink> sinks)
    {
        ImmutableArray<IAuditSink> all = [.. sinks];
        if (all.FirstOrDefault(sink => !PlainText.IsIdentifier(sink.Name, 64)) is { } nameless)
            throw new ArgumentException($"The sink {nameless.GetType().Name} needs a name of 1 to 64 printable characters.", nameof(sinks));
        return all.Select(sink => sink.Name).Distinct(StringComparer.Ordinal).Count() == all.Length
            ? all
            : throw new ArgumentException("Two sinks have the same name, under which their progress would be mixed.", nameof(sinks));
    }
}

/// <summary>What one run did for a sink.</summary>
/// <param name="Sink">Its name.</param>
/// <param name="Delivered">How many events it took.</param>
/// <param name="Fault">What it threw; null when it took all.</param>
public sealed record AuditDelivery(string Sink, int Delivered, Exception? Fault)
{
    /// <summary>From which region; null in a host without regions.</summary>
    public RegionId? Region { get; init; }
}
