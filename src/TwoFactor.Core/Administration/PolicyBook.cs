using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;

namespace TwoFactor.Administration;

/// <summary>The saved policies that one reading over many users meets: each is loaded once, as long as they are not too many to keep.</summary>
internal sealed class PolicyBook(IOrganizationStore organizations)
{
    private const int MaxKept = 1024;
    private readonly Dictionary<OrganizationId, OrganizationPolicy> _kept = [];

    public async ValueTask<OrganizationPolicy> PolicyOfAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(organization, out var known)) return known;
        var (stored, _) = await organizations.LoadAsync(organization, cancellationToken).ConfigureAwait(false);
        var policy = stored?.Policy ?? OrganizationPolicy.NewFor(organization);
        if (_kept.Count == MaxKept) _kept.Clear();
        return _kept[organization] = policy;
    }

    /// <summary>Memberships with the saved policies.</summary>
    public async ValueTask<ImmutableArray<MemberPolicy>> SavedAsync(ImmutableArray<Membership> memberships, CancellationToken cancellationToken)
    {
        if (memberships.IsDefaultOrEmpty) return [];
        var members = ImmutableArray.CreateBuilder<MemberPolicy>(memberships.Length);
        foreach (var membership in memberships)
            members.Add(new MemberPolicy(membership, await PolicyOfAsync(membership.OrganizationId, cancellationToken).ConfigureAwait(false)));
        return members.MoveToImmutable();
    }

    /// <summary>The same with a draft in the place of what its organisation has saved.</summary>
    public static ImmutableArray<MemberPolicy> With(ImmutableArray<MemberPolicy> saved, OrganizationPolicy draft) =>
        [.. saved.Select(member => member.Membership.OrganizationId == draft.OrganizationId ? member with { Policy = draft } : member)];
}
