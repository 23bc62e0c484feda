using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Small accounts, told by their epoch, with events that continue their chain.</summary>
internal static class Rows
{
    public static UserId Alice { get; } = new("alice");

    public static (Account Account, ImmutableArray<AuditEvent> Events) Next(Account? account, long epoch, int events = 2)
    {
        account ??= Account.NewFor(Alice);
        var head = account.AuditHead ?? new AuditChainHead(0, [.. new byte[32]]);
        var records = new List<AuditEvent>();
        for (var i = 0; i < events; i++)
        {
            var e = new AuditEvent
            {
                Chain = AuditChainId.Of(account.UserId),
                Subject = account.UserId,
                Sequence = head.Sequence + 1,
                Name = AuditNames.CodeRejected,
                OccurredAt = DateTimeOffset.UnixEpoch.AddDays(20_000),
                Actor = account.UserId.Value,
                PreviousHash = head.Hash,
                Hash = [],
            };
            e = e with { Hash = AuditChain.ComputeHash(e) };
            records.Add(e);
            head = new AuditChainHead(e.Sequence, e.Hash);
        }

        return (account with { Epoch = epoch, AuditHead = head }, [.. records]);
    }

    /// <summary>Loads, raises the epoch to <paramref name="epoch"/> with two events, saves.</summary>
    public static async Task<bool> WriteAsync(this IAccountStore store, long epoch, CancellationToken cancellationToken = default)
    {
        var (stored, version) = await store.LoadAsync(Alice, CancellationToken.None);
        var (next, events) = Next(stored, epoch);
        return await store.TrySaveAsync(next, version, events, cancellationToken);
    }

    /// <summary>The epoch that is stored, after checking that state and trail agree.</summary>
    public static async Task<long> EpochAsync(this EntityFrameworkAccountStore store)
    {
        var (stored, _) = await store.LoadAsync(Alice, CancellationToken.None);
        var events = await store.EventsOfAsync(Alice);
        NUnit.Framework.Assert.That(AuditChain.FindBreak(events, stored?.AuditHead), NUnit.Framework.Is.Null, "State and trail agree.");
        return stored?.Epoch ?? 0;
    }
}
