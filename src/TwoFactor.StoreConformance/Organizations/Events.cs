using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>Audit events as the library makes them.</summary>
internal static class Events
{
    public static AuditEvent Next(AuditChainId chain, AuditChainHead? head, string name, DateTimeOffset at, UserId? subject, OrganizationId? organization)
    {
        var e = new AuditEvent
        {
            Chain = chain,
            Sequence = (head?.Sequence ?? 0) + 1,
            Name = name,
            OccurredAt = at,
            Actor = "admin",
            Subject = subject,
            Organization = organization,
            PreviousHash = head?.Hash ?? [.. new byte[32]],
            Hash = [],
        };
        return e with { Hash = AuditChain.ComputeHash(e) };
    }

    /// <summary>Writes one event into a user's chain.</summary>
    public static async Task<AuditEvent> WriteEventAsync(
        this IAccountStore accounts, UserId user, string name, DateTimeOffset at, OrganizationId? organization = null, UserId? about = null)
    {
        var stored = await accounts.LoadAsync(user);
        var account = stored.Account ?? Account.NewFor(user);
        var e = Next(AuditChainId.Of(user), account.AuditHead, name, at, about ?? user, organization);
        var saved = await accounts.TrySaveAsync(account with { AuditHead = new AuditChainHead(e.Sequence, e.Hash) }, stored.Version, [e]);
        return saved ? e : throw new InvalidOperationException("Nobody else writes here.");
    }
}
