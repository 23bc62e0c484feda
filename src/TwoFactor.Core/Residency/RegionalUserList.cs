using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Accounts;
using TwoFactor.Status;

namespace TwoFactor.Residency;

/// <summary>The user lists of all regions as one list in one order; each row is read where it is kept, and kept nowhere else.</summary>
internal sealed class RegionalUserList(RegionSet regions) : IUserListSource
{
    public async ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var rows = ImmutableArray.CreateBuilder<UserListRow>(slice.Count);
        var sources = regions.All.Select(region => RowsAsync(region, slice, cancellationToken));
        await foreach (var row in OrderedMerge.MergeAsync(sources, Compare, cancellationToken).ConfigureAwait(false))
        {
            if (rows.Count == slice.Count) break;
            rows.Add(row);
        }

        return rows.ToImmutable();

        int Compare(UserListRow a, UserListRow b) => InMemoryUserList.Compare(InMemoryUserList.KeyOf(a, slice), InMemoryUserList.KeyOf(b, slice), slice);
    }

    public async ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var home = await regions.HomeOfAsync(user, cancellationToken).ConfigureAwait(false);
        var row = await SourceOf(home).FindAsync(organization, user, now, cancellationToken).ConfigureAwait(false);
        return row is not null && IsHere(row) ? row : null;
    }

    private static async IAsyncEnumerable<UserListRow> RowsAsync(Region region, UserListSlice slice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var rows = await SourceOf(region).ReadAsync(slice, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (IsHere(row)) yield return row;
            }

            if (rows.Length < slice.Count) yield break;
            slice = slice with { After = UserListCursor.Of(rows[^1], slice.Sort, slice.Now) };
        }
    }

    // A marker says nothing about the user: the row that does is in another region.
    private static bool IsHere(UserListRow row) => row.Account.Relocation is null or { State: RelocationState.Leaving or RelocationState.Returning };

    private static IUserListSource SourceOf(Region region) => region.Require(region.UserLists);
}
