namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The statements of the directory, for SQLite (3.24 and later) and PostgreSQL alike.</summary>
internal sealed class DirectoryStatements
{
    public DirectoryStatements(StoreTables tables)
    {
        var (members, groups, users) = (tables.Members, tables.Groups, tables.Users);
        string M(string property) => members[property];
        string G(string property) => groups[property];
        string U(string property) => users[property];
        var (organization, user, active) = (M(nameof(MemberRow.Organization)), M(nameof(MemberRow.UserId)), M(nameof(MemberRow.Active)));
        var (kind, provider) = (M(nameof(MemberRow.Kind)), M(nameof(MemberRow.IdentityProvider)));
        var (since, grouped) = (M(nameof(MemberRow.SubjectSince)), M(nameof(MemberRow.Grouped)));
        var (name, email, folded) = (M(nameof(MemberRow.Name)), M(nameof(MemberRow.Email)), M(nameof(MemberRow.NameFolded)));
        var member = $"{organization} = @organization AND {user} = @user";

        PutUser = $"INSERT INTO {users.Table} ({users.List(UserColumns)}) VALUES (@user, @name, @folded, @email, @words)"
            + $" ON CONFLICT ({U(nameof(DirectoryUserRow.UserId))}) DO UPDATE SET "
            + string.Join(", ", UserColumns.Skip(1).Select(column => $"{U(column)} = excluded.{U(column)}"));
        PutUnknownUser = $"INSERT INTO {users.Table} ({users.List(UserColumns)}) VALUES (@user, @user, @folded, '', @words)"
            + $" ON CONFLICT ({U(nameof(DirectoryUserRow.UserId))}) DO NOTHING";
        SelectWords = $"SELECT {U(nameof(DirectoryUserRow.Words))} FROM {users.Table} WHERE {U(nameof(DirectoryUserRow.UserId))} = @user";
        var (word, wordUser) = (tables.Words[nameof(UserWordRow.Word)], tables.Words[nameof(UserWordRow.UserId)]);
        AddWord = $"INSERT INTO {tables.Words.Table} ({word}, {wordUser}) VALUES (@word, @user) ON CONFLICT ({word}, {wordUser}) DO NOTHING";
        RemoveWord = $"DELETE FROM {tables.Words.Table} WHERE {word} = @word AND {wordUser} = @user";
        NameMembers = $"UPDATE {members.Table} SET {name} = @name, {email} = @email, {folded} = @folded WHERE {user} = @user";
        string Known(string column, string unknown) =>
            $"COALESCE((SELECT {U(column)} FROM {users.Table} WHERE {U(nameof(DirectoryUserRow.UserId))} = @user), {unknown})";
        string[] shown =
        [
            Known(nameof(DirectoryUserRow.Name), "@user"), Known(nameof(DirectoryUserRow.Email), "''"), Known(nameof(DirectoryUserRow.NameFolded), "@folded"),
        ];
        string[] keys = [nameof(MemberRow.Enrolled), nameof(MemberRow.LockedUntil), nameof(MemberRow.PendingUntil), nameof(MemberRow.PreviousSignIn)];
        // As UserListKeys of a new account.
        string[] ofNew = ["FALSE", "0", "0", "-1"];
        var accounts = tables.Accounts;
        var copied = keys.Zip(ofNew, (key, none) =>
            $"COALESCE((SELECT {accounts[key]} FROM {accounts.Table} WHERE {accounts[nameof(AccountRow.UserId)]} = @user), {none})");
        Join = $"INSERT INTO {members.Table} ({organization}, {user}, {kind}, {provider}, {since}, {active}, {grouped}, {name}, {email}, {folded}, {members.List(keys)})"
            + $" VALUES (@organization, @user, @kind, @provider, @at, TRUE, FALSE, {string.Join(", ", shown)}, {string.Join(", ", copied)})"
            + $" ON CONFLICT ({organization}, {user}) DO UPDATE SET {kind} = excluded.{kind}, {provider} = excluded.{provider}, {active} = TRUE";
        Leave = $"UPDATE {members.Table} SET {active} = FALSE WHERE {member}";

        var (groupOrganization, groupUser) = (G(nameof(MemberGroupRow.Organization)), G(nameof(MemberGroupRow.UserId)));
        var (group, groupActive) = (G(nameof(MemberGroupRow.Group)), G(nameof(MemberGroupRow.Active)));
        LeaveGroups = $"UPDATE {groups.Table} SET {groupActive} = FALSE WHERE {groupOrganization} = @organization AND {groupUser} = @user";
        LeaveGroup = $"{LeaveGroups} AND {group} = @group";
        JoinGroup = $"INSERT INTO {groups.Table} ({groupOrganization}, {groupUser}, {group}, {G(nameof(MemberGroupRow.Since))}, {groupActive})"
            + $" VALUES (@organization, @user, @group, @at, TRUE) ON CONFLICT ({groupOrganization}, {groupUser}, {group}) DO UPDATE SET {groupActive} = TRUE";
        MarkGrouped = $"UPDATE {members.Table} SET {grouped} = TRUE WHERE {member} AND {grouped} = FALSE";
        IsMember = $"SELECT COUNT(*) FROM {members.Table} WHERE {member} AND {active} = TRUE";

        var columns = MembershipColumns.List(members, groups);
        var withGroups = MembershipColumns.JoinGroups(members, groups);
        SelectOfUser = $"SELECT {columns} FROM {members.Table} m {withGroups} WHERE m.{user} = @user AND m.{active} = TRUE ORDER BY m.{organization}";
        // Two walks along one index, merged. Of an index without "enrolled" there is none, and a plan made for any organisation would sort all of a large one.
        string Walk(int i, string enrolled) => $"SELECT * FROM (SELECT {user} AS page_user FROM {members.Table} WHERE {organization} = @organization AND {active} = TRUE"
            + $" AND {M(nameof(MemberRow.Enrolled))} = {enrolled} AND {user} > @after ORDER BY {user} LIMIT @count) s{i}";
        var page = $"(SELECT page_user FROM ({Walk(0, "TRUE")} UNION ALL {Walk(1, "FALSE")}) t ORDER BY page_user LIMIT @count) p";
        SelectPage = $"SELECT {columns} FROM {page} JOIN {members.Table} m ON m.{organization} = @organization AND m.{user} = p.page_user AND m.{active} = TRUE"
            + $" {withGroups} ORDER BY m.{user}";
        SelectPageWithAll = $"SELECT {columns} FROM {page} JOIN {members.Table} m ON m.{user} = p.page_user AND m.{active} = TRUE {withGroups}"
            + $" ORDER BY m.{user}, m.{organization}";
    }

    private static readonly string[] UserColumns =
    [
        nameof(DirectoryUserRow.UserId), nameof(DirectoryUserRow.Name), nameof(DirectoryUserRow.NameFolded),
        nameof(DirectoryUserRow.Email), nameof(DirectoryUserRow.Words),
    ];

    /// <summary>Adds or changes what lists show of a user.</summary>
    public string PutUser { get; }

    /// <summary>Adds a user of whom no name is known, by the id; no row affected when there is one.</summary>
    public string PutUnknownUser { get; }

    /// <summary>The words of a user.</summary>
    public string SelectWords { get; }

    /// <summary>Lets a word find a user.</summary>
    public string AddWord { get; }

    /// <summary>Lets a word find a user no longer.</summary>
    public string RemoveWord { get; }

    /// <summary>Copies a user's name and e-mail address to the memberships.</summary>
    public string NameMembers { get; }

    /// <summary>Adds a membership or brings it back; the first time stays.</summary>
    public string Join { get; }

    /// <summary>Ends a membership.</summary>
    public string Leave { get; }

    /// <summary>Adds a member to a group or brings it back; the first time stays.</summary>
    public string JoinGroup { get; }

    /// <summary>Says that a member has groups to look for. It stays said: who leaves a group was in it.</summary>
    public string MarkGrouped { get; }

    /// <summary>Takes a member out of a group.</summary>
    public string LeaveGroup { get; }

    /// <summary>Takes a member out of all groups.</summary>
    public string LeaveGroups { get; }

    /// <summary>1 when the user belongs to the organisation now.</summary>
    public string IsMember { get; }

    /// <summary>The memberships of a user, a row for each group.</summary>
    public string SelectOfUser { get; }

    /// <summary>Some members of an organisation after a user id, a row for each group.</summary>
    public string SelectPage { get; }

    /// <summary>The memberships, in all organisations, of some members of one after a user id, a row for each group.</summary>
    public string SelectPageWithAll { get; }
}
