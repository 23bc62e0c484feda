using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.Crash;

/// <summary>An account that counts, with an event for each number.</summary>
internal static class Counting
{
    public static (Account Account, ImmutableArray<AuditEvent> Events) Next(Account account, long epoch)
    {
        var e = new AuditEvent
        {
            Chain = AuditChainId.Of(account.UserId),
            Sequence = (account.AuditHead?.Sequence ?? 0) + 1,
            Name = $"counted {epoch}",
            OccurredAt = DateTimeOffset.UnixEpoch.AddSeconds(epoch),
            Actor = "victim",
            Subject = account.UserId,
            PreviousHash = account.AuditHead?.Hash ?? [.. new byte[32]],
            Hash = [],
        };
        e = e with { Hash = AuditChain.ComputeHash(e) };
        return (account with { Epoch = epoch, AuditHead = new AuditChainHead(e.Sequence, e.Hash) }, [e]);
    }
}
