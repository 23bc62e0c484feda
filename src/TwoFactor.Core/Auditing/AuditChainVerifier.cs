using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>Checks a chain event by event, in constant memory. Not safe for concurrent use.</summary>
public sealed class AuditChainVerifier
{
    private ImmutableArray<byte> _hash = AuditChain.Genesis;
    private long? _break;

    /// <summary>How many events were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the next event, oldest first.</summary>
    public void Add(AuditEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Count++;
        var whole = e.Sequence == Count
            && e.PreviousHash.AsSpan().SequenceEqual(_hash.AsSpan())
            && e.Hash.AsSpan().SequenceEqual(AuditChain.ComputeHash(e).AsSpan());
        if (!whole) _break ??= Count;
        _hash = e.Hash;
    }

    /// <summary>The number of the first event that is missing, changed or out of order; null when the chain is whole.</summary>
    /// <param name="head">The chain's end, as the account or organisation keeps it.</param>
    public long? FindBreak(AuditChainHead? head)
    {
        if (_break is not null) return _break;
        if (Count != (head?.Sequence ?? 0)) return Math.Min(Count, head?.Sequence ?? 0) + 1;
        return head is null || head.Hash.AsSpan().SequenceEqual(_hash.AsSpan()) ? null : Count;
    }
}
