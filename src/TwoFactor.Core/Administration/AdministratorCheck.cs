using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>
/// Whether a policy would leave an organisation without an administrator who can sign in. Without <see cref="IAdministratorRoles"/> nobody
/// knows who is one, and nothing is refused.
/// </summary>
internal sealed class AdministratorCheck(
    IAdministratorRoles? roles, IMembershipSource memberships, IAccountStore accounts, IOrganizationStore organizations)
{
    private const int MaxListed = 1000;

    /// <summary>
    /// The administrators who would be stopped, ordered by id; none when one is left, or when a policy would stop them no sooner than the one
    /// that is saved: what keeps them out already is not the new one's doing, and one that helps is not refused.
    /// </summary>
    public async ValueTask<ImmutableArray<StoppedAdministrator>> FindAsync(
        UserId actor, OrganizationPolicy draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (roles is null) return [];
        var (stopped, book) = (new List<StoppedAdministrator>(), new PolicyBook(organizations));
        // Until when somebody gets in: the last one counts.
        var (lastSaved, lastDrafted) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        await foreach (var administrator in AdministratorsAsync(actor, draft.OrganizationId, cancellationToken).ConfigureAwait(false))
        {
            var own = await memberships.GetMembershipsAsync(administrator, cancellationToken).ConfigureAwait(false);
            var account = (await accounts.LoadAsync(administrator, cancellationToken).ConfigureAwait(false)).AccountOf(administrator);
            var saved = await book.SavedAsync(own, cancellationToken).ConfigureAwait(false);
            if (SignInAbility.FirstHindrance(account, PolicyBook.With(saved, draft), now) is not var (reason, from)) return [];
            lastDrafted = Later(lastDrafted, from);
            lastSaved = Later(lastSaved, SignInAbility.FirstHindrance(account, saved, now)?.From ?? DateTimeOffset.MaxValue);
            if (stopped.Count < MaxListed) stopped.Add(new StoppedAdministrator(administrator, reason, from));
        }

        return lastDrafted < lastSaved ? [.. stopped.OrderBy(s => s.UserId.Value, CodePointOrder.Comparer)] : [];
    }

    // The actor first: he has just shown that he may change the policy, and mostly nobody else need be looked for.
    private async IAsyncEnumerable<UserId> AdministratorsAsync(
        UserId actor, OrganizationId organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return actor;
        if (roles!.FindAdministratorsAsync(organization, cancellationToken) is { } listed)
        {
            await foreach (var user in listed.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (user != actor) yield return user;
            }

            yield break;
        }

        await foreach (var membership in memberships.GetMembersAsync(organization, cancellationToken).ConfigureAwait(false))
        {
            var user = membership.UserId;
            if (user == actor) continue;
            if (await roles.GetRoleAsync(user, organization, cancellationToken).ConfigureAwait(false) == AdministratorRole.SystemAdministrator) yield return user;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
