using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Has two versions and uses them in turn, so that a stale writer comes round again.</summary>
internal sealed class VersionReuseStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        ThrowIfThere(Find(account.UserId), events);
        Write(account, (expectedVersion % 2) + 1).Events.AddRange(events);
        return true;
    }));
}
