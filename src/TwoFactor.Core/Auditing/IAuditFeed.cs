using System.Collections.Immutable;

namespace TwoFactor.Auditing;

/// <summary>
/// All events in an order in which none appears later before one that was read already, and how far each sink has got. Stores implement
/// it; <see cref="AuditDispatcher"/> reads it.
/// </summary>
public interface IAuditFeed
{
    /// <summary>Events after a position, oldest first, at most <paramref name="max"/>; with the position of each.</summary>
    ValueTask<ImmutableArray<(long Position, AuditEvent Event)>> ReadAsync(long afterPosition, int max, CancellationToken cancellationToken);

    /// <summary>How far a sink has got; 0 at first.</summary>
    ValueTask<long> LoadPositionAsync(string sink, CancellationToken cancellationToken);

    /// <summary>Remembers durably how far a sink has got. It never goes back.</summary>
    ValueTask SavePositionAsync(string sink, long position, CancellationToken cancellationToken);
}
