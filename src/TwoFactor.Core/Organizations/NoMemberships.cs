using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Organizations;

/// <summary>The default: a host without organisations.</summary>
internal sealed class NoMemberships : IMembershipSource
{
    public ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult(ImmutableArray<Membership>.Empty);

    public async IAsyncEnumerable<Membership> GetMembersAsync(
        OrganizationId organizationId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }
}
