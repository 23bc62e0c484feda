using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>
/// Reads and changes an organisation's policy: by compare-and-swap on its version, checked against the ranges and against who uses what,
/// and recorded in the organisation's audit chain in the same write. Safe for concurrent use.
/// </summary>
public sealed class PolicyAdministrationService
{
    private const int MaxListed = 1000;
    private readonly AdministrationGate _gate;
    private readonly IOrganizationStore _organizations;
    private readonly IMembershipSource _memberships;
    private readonly IAccountStore _accounts;
    private readonly AdministratorCheck _administrators;
    private readonly TimeProvider _time;

    internal PolicyAdministrationService(
        AdministrationGate gate, IOrganizationStore organizations, IMembershipSource memberships, IAccountStore accounts, AdministratorCheck administrators,
        TimeProvider time) =>
        (_gate, _organizations, _memberships, _accounts, _administrators, _time) = (gate, organizations, memberships, accounts, administrators, time);

    /// <summary>The policy of an organisation.</summary>
    public async ValueTask<ReadPolicyResult> ReadAsync(UserId actor, OrganizationId organization, CancellationToken cancellationToken = default)
    {
        var request = Request(actor, AdministrativeAction.ReadPolicy, organization);
        if (await _gate.RefuseAsync(request, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } reason) return new ReadPolicyResult.Denied(reason);
        var (stored, _) = await _organizations.LoadAsync(organization, cancellationToken).ConfigureAwait(false);
        return new ReadPolicyResult.Found(stored?.Policy ?? OrganizationPolicy.NewFor(organization));
    }

    /// <summary>Saves a policy that was made by changing the one read before: its version says which.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="policy">The new policy, with the version of the one it changes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<SavePolicyResult> SaveAsync(UserId actor, OrganizationPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var now = _time.GetUtcNow();
        var request = Request(actor, AdministrativeAction.ChangePolicy, policy.OrganizationId);
        if (await _gate.RefuseAsync(request, now, cancellationToken).ConfigureAwait(false) is { } reason) return new SavePolicyResult.Denied(reason);
        if (OrganizationPolicyValidation.Validate(policy) is { Count: > 0 } errors) return new SavePolicyResult.Invalid([.. errors]);
        var (stored, version) = await _organizations.LoadAsync(policy.OrganizationId, cancellationToken).ConfigureAwait(false);
        var current = stored?.Policy ?? OrganizationPolicy.NewFor(policy.OrganizationId);
        if (current.Version != policy.Version) return new SavePolicyResult.Conflict(current);
        if (policy.Sso == SsoMode.SsoExclusive && current.Sso != SsoMode.SsoExclusive
            && await EnrolledMembersAsync(policy.OrganizationId, cancellationToken).ConfigureAwait(false) is { Length: > 0 } members)
        {
            return new SavePolicyResult.MembersUseTwoFactor(members);
        }

        if (await _administrators.FindAsync(actor, policy, now, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } stopped)
            return new SavePolicyResult.NoAdministratorLeft(stopped);
        var next = policy with { Version = policy.Version + 1, TrustedDevicesSince = TrustedSince(current, policy, now) };
        return await SaveAsync(actor, stored, version, current, next, now, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SavePolicyResult> SaveAsync(
        UserId actor, Organization? stored, long version, OrganizationPolicy current, OrganizationPolicy next, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = AuditChain.Next(
            AuditChainId.Of(next.OrganizationId), stored?.AuditHead, now, PolicyChange.Describe(actor, current, next), null, next.OrganizationId);
        var organization = new Organization { Id = next.OrganizationId, Policy = next, AuditHead = new AuditChainHead(record.Sequence, record.Hash) };
        if (await _organizations.TrySaveAsync(organization, version, [record], cancellationToken).ConfigureAwait(false)) return new SavePolicyResult.Saved(next);
        var (latest, _) = await _organizations.LoadAsync(next.OrganizationId, cancellationToken).ConfigureAwait(false);
        return new SavePolicyResult.Conflict(latest?.Policy ?? OrganizationPolicy.NewFor(next.OrganizationId));
    }

    // What was trusted before trust was turned off stays dead when it is turned on again.
    private static DateTimeOffset? TrustedSince(OrganizationPolicy current, OrganizationPolicy next, DateTimeOffset now)
    {
        if (next.TrustedDeviceDays is null) return null;
        return current.TrustedDeviceDays is null ? now : current.TrustedDevicesSince;
    }

    private async ValueTask<ImmutableArray<UserId>> EnrolledMembersAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var enrolled = ImmutableArray.CreateBuilder<UserId>();
        await foreach (var membership in _memberships.GetMembersAsync(organization, cancellationToken).ConfigureAwait(false))
        {
            var (account, _) = await _accounts.LoadAsync(membership.UserId, cancellationToken).ConfigureAwait(false);
            if (account?.Active is not null) enrolled.Add(membership.UserId);
            if (enrolled.Count == MaxListed) break;
        }

        return enrolled.ToImmutable();
    }

    private static AdministrativeRequest Request(UserId actor, AdministrativeAction action, OrganizationId organization)
    {
        actor.ThrowIfDefault(nameof(actor));
        organization.ThrowIfDefault(nameof(organization));
        return new AdministrativeRequest(actor, action, organization, null);
    }
}
