using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>A member with the account and all memberships.</summary>
internal sealed record StreamedMember(Account Account, ImmutableArray<Membership> Memberships);

/// <summary>All members of an organisation, a few hundred in memory at a time, by as few questions as the host's sources allow.</summary>
internal sealed class MemberStream(IMembershipSource memberships, IAccountStore accounts)
{
    private const int PageSize = 256;

    /// <summary>The members after <paramref name="after"/>, ordered by id.</summary>
    public async IAsyncEnumerable<StreamedMember> ReadAsync(
        OrganizationId organization, UserId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(organization, after, cancellationToken).ConfigureAwait(false))
        {
            var stored = await LoadAsync(page, cancellationToken).ConfigureAwait(false);
            foreach (var member in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new StreamedMember(stored.GetValueOrDefault(member.UserId) ?? Account.NewFor(member.UserId), member.Memberships);
            }
        }
    }

    /// <summary>One member; null when the user does not belong to the organisation.</summary>
    public async ValueTask<StreamedMember?> FindAsync(OrganizationId organization, UserId user, CancellationToken cancellationToken)
    {
        var own = await memberships.GetMembershipsAsync(user, cancellationToken).ConfigureAwait(false);
        if (!own.Any(membership => membership.OrganizationId == organization)) return null;
        return new StreamedMember((await accounts.LoadAsync(user, cancellationToken).ConfigureAwait(false)).AccountOf(user), own);
    }

    private IAsyncEnumerable<ImmutableArray<MemberRecord>> PagesAsync(OrganizationId organization, UserId? after, CancellationToken cancellationToken) =>
        memberships is IMemberPages pages
            ? PagesAsync(pages, organization, after, cancellationToken)
            : OneByOneAsync(organization, after, cancellationToken);

    private static async IAsyncEnumerable<ImmutableArray<MemberRecord>> PagesAsync(
        IMemberPages pages, OrganizationId organization, UserId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await pages.ReadMembersAsync(organization, after, PageSize, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
        {
            yield return page;
            after = page[^1].UserId;
        }
    }

    private async IAsyncEnumerable<ImmutableArray<MemberRecord>> OneByOneAsync(
        OrganizationId organization, UserId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = ImmutableArray.CreateBuilder<MemberRecord>(PageSize);
        await foreach (var membership in memberships.GetMembersAsync(organization, cancellationToken).ConfigureAwait(false))
        {
            var user = membership.UserId;
            if (after is { } last && CodePointOrder.Compare(user.Value, last.Value) <= 0) continue;
            var own = await memberships.GetMembershipsAsync(user, cancellationToken).ConfigureAwait(false);
            // Whoever has left since the source named him is no member any more.
            if (!own.Any(other => other.OrganizationId == organization)) continue;
            page.Add(new MemberRecord(user, own));
            if (page.Count < PageSize) continue;
            yield return page.DrainToImmutable();
        }

        if (page.Count > 0) yield return page.DrainToImmutable();
    }

    private async ValueTask<Dictionary<UserId, Account>> LoadAsync(ImmutableArray<MemberRecord> page, CancellationToken cancellationToken)
    {
        if (accounts is IAccountBatchReader batch)
        {
            var many = await batch.LoadManyAsync([.. page.Select(member => member.UserId)], cancellationToken).ConfigureAwait(false);
            return many.ToDictionary(account => account.UserId);
        }

        var loaded = new Dictionary<UserId, Account>(page.Length);
        foreach (var member in page)
        {
            var stored = await accounts.LoadAsync(member.UserId, cancellationToken).ConfigureAwait(false);
            loaded[member.UserId] = stored.AccountOf(member.UserId);
        }

        return loaded;
    }
}
