using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Writes the events of those who lost, too.</summary>
internal sealed class EventsOfLosersStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion))
        {
            Find(account.UserId)?.Events.AddRange(events);
            return false;
        }

        ThrowIfThere(Find(account.UserId), events);
        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));
}
