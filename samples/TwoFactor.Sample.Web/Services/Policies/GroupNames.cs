using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.Sample.Web.Services.Policies;

/// <summary>The groups of an organisation: those that somebody is in. The sample has no other list of them.</summary>
public sealed class GroupNames(IMembershipSource members)
{
    public async Task<ImmutableArray<string>> OfAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var membership in members.GetMembersAsync(organization, cancellationToken)) names.UnionWith(membership.Groups.Keys);
        return [.. names];
    }
}
