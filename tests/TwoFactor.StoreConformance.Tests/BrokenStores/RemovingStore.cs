using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Saves rightly, and lets a deriving class take accounts out wrongly.</summary>
internal abstract class RemovingStore : BrokenStore, IAccountRemoval
{
    public ValueTask<bool> TryRemoveAsync(Account marker, long expectedVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Locked(() => Remove(marker, expectedVersion)));
    }

    protected abstract bool Remove(Account marker, long expectedVersion);

    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));
}

/// <summary>Removes whatever is there, though it is not what the caller has read.</summary>
internal sealed class BlindRemovalStore : RemovingStore
{
    protected override bool Remove(Account marker, long expectedVersion)
    {
        if (Find(marker.UserId) is not { } row) return false;
        Write(marker, row.Version + 1).Events.Clear();
        return true;
    }
}

/// <summary>Leaves the audit events of who was removed.</summary>
internal sealed class EventsLeftStore : RemovingStore
{
    protected override bool Remove(Account marker, long expectedVersion)
    {
        if (!IsCurrent(marker, expectedVersion)) return false;
        Write(marker, expectedVersion + 1);
        return true;
    }
}

/// <summary>Begins versions anew, so that a request from before the removal can still save.</summary>
internal sealed class VersionsAnewStore : RemovingStore
{
    protected override bool Remove(Account marker, long expectedVersion)
    {
        if (!IsCurrent(marker, expectedVersion)) return false;
        Write(marker, 1).Events.Clear();
        return true;
    }
}
