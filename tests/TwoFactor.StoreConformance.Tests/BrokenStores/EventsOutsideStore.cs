using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Writes the events after the state, in a write of their own.</summary>
internal sealed class EventsOutsideStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events)
    {
        if (!Locked(() => IsCurrent(account, expectedVersion) && Write(account, expectedVersion + 1) is not null)) return Task.FromResult(false);
        return Task.FromResult(Locked(() =>
        {
            ThrowIfThere(Find(account.UserId), events);
            Find(account.UserId)!.Events.AddRange(events);
            return true;
        }));
    }
}
