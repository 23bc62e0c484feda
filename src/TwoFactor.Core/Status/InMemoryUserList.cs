using System.Collections.Immutable;
using System.Globalization;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Storage;

namespace TwoFactor.Status;

/// <summary>User lists over an <see cref="InMemoryDirectory"/>: the reference for what other sources answer.</summary>
public sealed class InMemoryUserList(InMemoryDirectory directory, IAccountStore accounts) : IUserListSource
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var rows = new List<UserListRow>();
        foreach (var (user, membership) in directory.MembersOf(slice.Organization))
        {
            var row = await RowAsync(user, membership, cancellationToken).ConfigureAwait(false);
            if (Matches(row, slice)) rows.Add(row);
        }

        var order = Comparer<UserListRow>.Create((a, b) => Compare(KeyOf(a, slice), KeyOf(b, slice), slice));
        var after = slice.After;
        return [.. rows.Order(order).Where(row => after is null || Compare(KeyOf(row, slice), after, slice) > 0).Take(slice.Count)];
    }

    /// <inheritdoc/>
    public async ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (directoryUser, membership) in directory.MembersOf(organization))
        {
            if (membership.UserId == user) return await RowAsync(directoryUser, membership, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async ValueTask<UserListRow> RowAsync(DirectoryUser user, Membership membership, CancellationToken cancellationToken)
    {
        var stored = await accounts.LoadAsync(user.Id, cancellationToken).ConfigureAwait(false);
        // As it is, markers of moved accounts included: who lists several regions leaves those out.
        return new UserListRow(user, membership, stored.RowOf(user.Id));
    }

    private static bool Matches(UserListRow row, UserListSlice slice)
    {
        return (UserSearch.Parse(slice.Search) is not { } search || search.Finds(row.User.Name, row.User.Email))
            && (slice.Statuses.IsEmpty || slice.Statuses.Contains(UserListCursor.CoarseStatusOf(row.Account, slice.Now)))
            && (slice.Enrolled is not { } enrolled || enrolled == row.Account.Active is not null);
    }

    internal static UserListCursor KeyOf(UserListRow row, UserListSlice slice) => UserListCursor.Of(row, slice.Sort, slice.Now);

    internal static int Compare(UserListCursor a, UserListCursor b, UserListSlice slice)
    {
        var byKey = slice.Sort == UserListSort.Name ? CodePointOrder.Compare(a.Key, b.Key) : Number(a).CompareTo(Number(b));
        var result = byKey != 0 ? byKey : CodePointOrder.Compare(a.UserId.Value, b.UserId.Value);
        return slice.Descending ? -result : result;
    }

    private static long Number(UserListCursor cursor) =>
        long.TryParse(cursor.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : long.MinValue;
}
