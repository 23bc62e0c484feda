using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Administration;

/// <summary>The answer to the wish to read audit events. A closed hierarchy.</summary>
public abstract record AuditResult
{
    private AuditResult()
    {
    }

    /// <summary>A page of events.</summary>
    /// <param name="Page">Newest first.</param>
    public sealed record Found(AuditPage Page) : AuditResult;

    /// <summary>A chain that was checked.</summary>
    /// <param name="Length">How many events it has.</param>
    /// <param name="BrokenAt">The number of the first event that is missing, changed or out of order; null when the chain is whole.</param>
    public sealed record Checked(long Length, long? BrokenAt) : AuditResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : AuditResult;
}

/// <summary>Reads the audit trail of an organisation and verifies its chains. Safe for concurrent use.</summary>
public sealed class AuditService
{
    private readonly AdministrationGate _gate;
    private readonly IAuditReader _reader;
    private readonly Storage.IAccountStore _accounts;
    private readonly Enforcement.IOrganizationStore _organizations;
    private readonly TimeProvider _time;

    internal AuditService(
        AdministrationGate gate, IAuditReader reader, Storage.IAccountStore accounts, Enforcement.IOrganizationStore organizations, TimeProvider time) =>
        (_gate, _reader, _accounts, _organizations, _time) = (gate, reader, accounts, organizations, time);

    /// <summary>One page of the events of an organisation and its members.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="organization">Whose events.</param>
    /// <param name="query">Filters and page; its organisation is set to <paramref name="organization"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<AuditResult> QueryAsync(
        UserId actor, OrganizationId organization, AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (await RefuseAsync(actor, organization, query.Subject, cancellationToken).ConfigureAwait(false) is { } reason) return new AuditResult.Denied(reason);
        return new AuditResult.Found(await _reader.QueryAsync(query with { Organization = organization }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Checks the organisation's own chain: who changed its policy.</summary>
    public async ValueTask<AuditResult> VerifyAsync(UserId actor, OrganizationId organization, CancellationToken cancellationToken = default)
    {
        if (await RefuseAsync(actor, organization, null, cancellationToken).ConfigureAwait(false) is { } reason) return new AuditResult.Denied(reason);
        return await CheckAsync(AuditChainId.Of(organization), HeadAsync, cancellationToken).ConfigureAwait(false);

        async ValueTask<AuditChainHead?> HeadAsync() =>
            (await _organizations.LoadAsync(organization, cancellationToken).ConfigureAwait(false)).Organization?.AuditHead;
    }

    /// <summary>Checks the chain of a member's account.</summary>
    public async ValueTask<AuditResult> VerifyAsync(UserId actor, OrganizationId organization, UserId user, CancellationToken cancellationToken = default)
    {
        user.ThrowIfDefault(nameof(user));
        if (await RefuseAsync(actor, organization, user, cancellationToken).ConfigureAwait(false) is { } reason) return new AuditResult.Denied(reason);
        return await CheckAsync(AuditChainId.Of(user), HeadAsync, cancellationToken).ConfigureAwait(false);

        async ValueTask<AuditChainHead?> HeadAsync() => (await _accounts.LoadAsync(user, cancellationToken).ConfigureAwait(false)).Account?.AuditHead;
    }

    private async ValueTask<AuditResult> CheckAsync(AuditChainId chain, Func<ValueTask<AuditChainHead?>> headAsync, CancellationToken cancellationToken)
    {
        var head = await headAsync().ConfigureAwait(false);
        var (verifier, later) = (new AuditChainVerifier(), 0L);
        try
        {
            await foreach (var e in _reader.ReadChainAsync(chain, cancellationToken).ConfigureAwait(false))
            {
                // What is beyond the end that was read first was written since, or forged: the end as it is now tells.
                if (verifier.Count < (head?.Sequence ?? 0)) verifier.Add(e);
                else later++;
            }
        }
        catch (InvalidDataException)
        {
            // So damaged that it shows no event: the break is there, unless there was one before it.
            return new AuditResult.Checked(verifier.Count + later, verifier.FindBreak(head) ?? (verifier.Count + later + 1));
        }

        var broken = verifier.FindBreak(head);
        if (broken is null && later > 0 && (await headAsync().ConfigureAwait(false))?.Sequence is var end && verifier.Count + later > (end ?? 0))
            broken = (end ?? 0) + 1;
        return new AuditResult.Checked(verifier.Count + later, broken);
    }

    private ValueTask<DenialReason?> RefuseAsync(UserId actor, OrganizationId organization, UserId? subject, CancellationToken cancellationToken)
    {
        actor.ThrowIfDefault(nameof(actor));
        organization.ThrowIfDefault(nameof(organization));
        return _gate.RefuseAsync(new AdministrativeRequest(actor, AdministrativeAction.ReadAudit, organization, subject), _time.GetUtcNow(), cancellationToken);
    }
}
