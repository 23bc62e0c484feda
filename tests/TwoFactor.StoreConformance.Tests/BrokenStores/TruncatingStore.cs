using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Keys of 128 characters, longer ones cut off: a column that is too narrow.</summary>
internal sealed class TruncatingStore : BrokenStore
{
    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        ThrowIfThere(Find(account.UserId), events);
        Write(account, expectedVersion + 1).Events.AddRange(events);
        return true;
    }));

    protected override string KeyOf(UserId userId) => userId.Value.Length > 128 ? userId.Value[..128] : userId.Value;
}
