using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Compares user ids as many databases do by default: without regard to case.</summary>
internal sealed class CaseBlindStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        ThrowIfThere(Find(account.UserId), events);
        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));

    protected override string KeyOf(UserId userId) => userId.Value.ToUpperInvariant();
}
