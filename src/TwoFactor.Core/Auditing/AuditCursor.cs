using System.Globalization;

namespace TwoFactor.Auditing;

/// <summary>A place in a listing of events, stable while events are added: time, chain and sequence of the last one shown.</summary>
/// <param name="OccurredAt">Its time.</param>
/// <param name="Chain">Its chain.</param>
/// <param name="Sequence">Its number in the chain.</param>
public sealed record AuditCursor(DateTimeOffset OccurredAt, AuditChainId Chain, long Sequence)
{
    /// <summary>The place of an event.</summary>
    public static AuditCursor Of(AuditEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new AuditCursor(e.OccurredAt, e.Chain, e.Sequence);
    }

    /// <summary>Text for a link to the next page.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{OccurredAt.ToUnixTimeMilliseconds()}.{Sequence}.{Chain}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null, never an exception, for anything else.</summary>
    public static AuditCursor? TryParse(string? text)
    {
        if (text is null || text.Length > 400) return null;
        var parts = text.Split('.', 3);
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !AuditChainId.TryParse(parts[2], out var chain))
        {
            return null;
        }

        return new AuditCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), chain, sequence);
    }

    /// <summary>The order of listings: newest first, then by chain (code points) and sequence backwards.</summary>
    internal static int Compare(AuditEvent a, AuditEvent b)
    {
        var byTime = b.OccurredAt.CompareTo(a.OccurredAt);
        if (byTime != 0) return byTime;
        var byChain = CodePointOrder.Compare(b.Chain.ToString(), a.Chain.ToString());
        return byChain != 0 ? byChain : b.Sequence.CompareTo(a.Sequence);
    }

    internal bool IsBefore(AuditEvent e)
    {
        if (e.OccurredAt != OccurredAt) return e.OccurredAt < OccurredAt;
        var byChain = CodePointOrder.Compare(e.Chain.ToString(), Chain.ToString());
        return byChain != 0 ? byChain < 0 : e.Sequence < Sequence;
    }
}
