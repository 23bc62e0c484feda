using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Does not compare the version at all.</summary>
internal sealed class LastWriteWinsStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        Write(account, (Find(account.UserId)?.Version ?? 0) + 1).Events.AddRange(events);
        return true;
    }));
}
