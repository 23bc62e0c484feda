using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Lockout;
using TwoFactor.Organizations;

namespace TwoFactor.Enforcement;

/// <summary>Brings together what binds a user: memberships, the policies behind them, and what follows from all of them.</summary>
internal sealed class PolicyResolver(IMembershipSource memberships, IOrganizationStore organizations, LockoutPolicy hostLockout)
{
    /// <summary>The user's memberships with the policies; an organisation without a policy demands nothing.</summary>
    public async ValueTask<ImmutableArray<MemberPolicy>> ResolveAsync(UserId userId, CancellationToken cancellationToken)
    {
        var own = await memberships.GetMembershipsAsync(userId, cancellationToken).ConfigureAwait(false);
        if (own.IsDefaultOrEmpty) return [];
        var result = ImmutableArray.CreateBuilder<MemberPolicy>(own.Length);
        foreach (var membership in own)
        {
            var stored = await organizations.LoadAsync(membership.OrganizationId, cancellationToken).ConfigureAwait(false);
            result.Add(new MemberPolicy(membership, stored.Organization?.Policy ?? OrganizationPolicy.NewFor(membership.OrganizationId)));
        }

        return result.MoveToImmutable();
    }

    /// <summary>The limits for a user: of the host's own and all organisations' the strictest value of each.</summary>
    public LockoutPolicy LockoutFor(ImmutableArray<MemberPolicy> policies) =>
        policies.IsEmpty ? hostLockout : policies.Select(p => p.Policy.Lockout).OfType<LockoutPolicy>().Aggregate(hostLockout, StrictestLockout.Combine);
}
