namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// Up to which position the audit events are all there. Where several transactions write at once, one may take a position, another the
/// next, and the second be committed first: whoever had read on to it would never see the first. A position that is missing is passed only
/// once every transaction is over that could have taken it. Safe for concurrent use.
/// </summary>
internal sealed class SettledPositions
{
    private readonly Lock _lock = new();
    private long _settled;
    private (long Position, long Transaction)? _waiting;

    /// <summary>How many of the events that were read may be handed out.</summary>
    /// <param name="after">The position that they were read from.</param>
    /// <param name="positions">Their positions, ascending: all that were visible after that position, up to a number.</param>
    /// <param name="oldest">As they were read, each transaction before this one was over; the greatest number where there is one writer at a time.</param>
    public int Settle(long after, ReadOnlySpan<long> positions, long oldest)
    {
        if (oldest == long.MaxValue) return positions.Length;
        lock (_lock)
        {
            if (_waiting is { } waiting && oldest >= waiting.Transaction)
            {
                _settled = Math.Max(_settled, waiting.Position);
                _waiting = null;
            }

            var reached = after;
            for (var i = 0; i < positions.Length; i++)
            {
                if (positions[i] > _settled && positions[i] != Math.Max(reached, _settled) + 1) return i;
                reached = positions[i];
            }

            return positions.Length;
        }
    }

    /// <summary>Waits for transactions, unless it does already.</summary>
    /// <param name="position">A position that is taken: those before it are, too.</param>
    /// <param name="transaction">A transaction that began after the position was taken. Each has its number before it takes positions.</param>
    public void WaitFor(long position, long transaction)
    {
        lock (_lock) _waiting ??= (position, transaction);
    }
}
