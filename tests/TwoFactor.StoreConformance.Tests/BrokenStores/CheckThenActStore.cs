using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Compares the version in one step and writes in another.</summary>
internal sealed class CheckThenActStore : BrokenStore
{
    protected override async Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events)
    {
        var current = Locked(() => IsCurrent(account, expectedVersion));
        await MeetAsync();
        if (!current) return false;
        return Locked(() =>
        {
            Write(account, expectedVersion + 1).Events.AddRange(events);
            return true;
        });
    }
}
