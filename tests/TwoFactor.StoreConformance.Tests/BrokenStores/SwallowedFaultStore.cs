using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Takes every fault for a conflict: a broad catch around a write.</summary>
internal sealed class SwallowedFaultStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        try
        {
            ThrowIfThere(Find(account.UserId), events);
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));
}
