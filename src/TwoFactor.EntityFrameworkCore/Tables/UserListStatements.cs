using TwoFactor.Status;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// The one query behind user lists, for SQLite (3.24 and later) and PostgreSQL alike. It finds the users of a page by what is indexed, and
/// only then reads the accounts, names and groups of those.
/// </summary>
internal sealed class UserListStatements
{
    private readonly StoreTables _tables;
    private readonly string _member;
    private readonly string _user;
    private readonly string _joinAccount;
    private readonly string _joinUser;
    private readonly string _status;
    private readonly string _enrolled;
    private readonly string _previousSignIn;

    public UserListStatements(StoreTables tables)
    {
        _tables = tables;
        var (members, accounts, users) = (tables.Members, tables.Accounts, tables.Users);
        _user = "m." + members[nameof(MemberRow.UserId)];
        _member = $"m.{members[nameof(MemberRow.Organization)]} = @organization AND m.{members[nameof(MemberRow.Active)]} = TRUE";
        _joinAccount = $" LEFT JOIN {accounts.Table} a ON a.{accounts[nameof(AccountRow.UserId)]} = {_user}";
        _joinUser = $" LEFT JOIN {users.Table} u ON u.{users[nameof(DirectoryUserRow.UserId)]} = {_user}";
        _enrolled = $"COALESCE(a.{accounts[nameof(AccountRow.Enrolled)]}, FALSE)";
        _previousSignIn = $"COALESCE(a.{accounts[nameof(AccountRow.PreviousSignIn)]}, -1)";
        // As UserListKeys.StatusAt. Without an account every comparison is null, which is not true.
        _status = $"CASE WHEN a.{accounts[nameof(AccountRow.LockedUntil)]} > @now THEN {(int)CoarseStatus.Locked}"
            + $" WHEN {_enrolled} = TRUE THEN {(int)CoarseStatus.Enrolled}"
            + $" WHEN a.{accounts[nameof(AccountRow.PendingUntil)]} > @now THEN {(int)CoarseStatus.Pending} ELSE {(int)CoarseStatus.NotEnrolled} END";
    }

    /// <summary>
    /// A page. Its parameters: <c>@organization</c>, <c>@count</c>, <c>@now</c>; <c>@search</c>, <c>@enrolled</c>, <c>@key</c> and <c>@after</c>
    /// where the slice has them.
    /// </summary>
    public string Page(UserListSlice slice)
    {
        var (members, users) = (_tables.Members, _tables.Users);
        var name = "m." + members[nameof(MemberRow.NameFolded)];
        var key = slice.Sort switch
        {
            UserListSort.Name => name,
            UserListSort.Status => _status,
            _ => _previousSignIn,
        };
        var filter = _member;
        if (!slice.Statuses.IsEmpty) filter += $" AND {_status} IN ({string.Join(", ", slice.Statuses.Select(status => (int)status))})";
        if (slice.Enrolled is not null) filter += $" AND {_enrolled} = @enrolled";
        if (slice.Search is { Length: > 0 })
            filter += $@" AND ({name} LIKE @search ESCAPE '\' OR u.{users[nameof(DirectoryUserRow.EmailFolded)]} LIKE @search ESCAPE '\')";
        if (slice.After is not null) filter += $" AND ({key}, {_user}) {(slice.Descending ? "<" : ">")} (@key, @after)";

        var direction = slice.Descending ? " DESC" : "";
        var joins = (slice.Sort == UserListSort.Name && slice.Statuses.IsEmpty && slice.Enrolled is null ? "" : _joinAccount)
            + (slice.Search is { Length: > 0 } ? _joinUser : "");
        var page = $"SELECT {_user} AS page_user, {key} AS page_key FROM {members.Table} m{joins} WHERE {filter}"
            + $" ORDER BY {key}{direction}, {_user}{direction} LIMIT @count";
        return Rows($"({page}) p JOIN {members.Table} m ON {_member} AND {_user} = p.page_user") + $" ORDER BY p.page_key{direction}, p.page_user{direction}";
    }

    /// <summary>One member. Its parameters: <c>@organization</c>, <c>@user</c>.</summary>
    public string One => Rows($"{_tables.Members.Table} m") + $" WHERE {_member} AND {_user} = @user";

    private string Rows(string from) =>
        $"SELECT {MembershipColumns.List(_tables.Members, _tables.Groups)}, u.{_tables.Users[nameof(DirectoryUserRow.Name)]},"
        + $" u.{_tables.Users[nameof(DirectoryUserRow.Email)]}, a.{_tables.Accounts[nameof(AccountRow.Data)]} FROM {from} "
        + MembershipColumns.JoinGroups(_tables.Members, _tables.Groups) + _joinUser + _joinAccount;
}
