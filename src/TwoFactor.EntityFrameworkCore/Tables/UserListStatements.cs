using TwoFactor.Status;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// The queries behind user lists, for SQLite (3.24 and later) and PostgreSQL alike. They find the users of a page by walking along indexes of the
/// organisation's members, or by the words of a search, and only then read the accounts, names and groups of those.
/// </summary>
/// <remarks>
/// CROSS JOIN is how SQLite is told which table comes first; to PostgreSQL it says nothing. What must not choose the index is written so that it
/// cannot.
/// </remarks>
internal sealed class UserListStatements
{
    private readonly StoreTables _tables;
    private readonly UserListSegments _segments;
    private readonly string _member;
    private readonly string _user;
    private readonly string _word;

    public UserListStatements(StoreTables tables)
    {
        _tables = tables;
        var members = tables.Members;
        _user = "m." + members[nameof(MemberRow.UserId)];
        _member = $"m.{members[nameof(MemberRow.Organization)]} = @organization AND m.{members[nameof(MemberRow.Active)]} = TRUE";
        _word = tables.Words[nameof(UserWordRow.Word)];
        _segments = new UserListSegments(members);
    }

    /// <summary>
    /// A page; null when no row can match. Of its parameters <c>@organization</c>, <c>@count</c>, <c>@now</c>, <c>@key</c>, <c>@after</c>, <c>@enrolled</c>, and
    /// of each word <c>@like0</c>, <c>@from0</c> and <c>@to0</c>, those that are in the text.
    /// </summary>
    /// <param name="slice">What is asked for.</param>
    /// <param name="words">How many words the search has; 0 for no search.</param>
    /// <param name="gather">The word that finds so few that they are gathered first; null to walk along an index.</param>
    public string? Page(UserListSlice slice, int words, int? gather)
    {
        var direction = slice.Descending ? " DESC" : "";
        var page = gather is { } word ? Gathered(slice, words, word, direction) : Walked(slice, words, direction);
        if (page is null) return null;
        return Rows($"({page}) p CROSS JOIN {_tables.Members.Table} m") + $" WHERE {_member} AND {_user} = p.page_user ORDER BY p.page_key{direction}, p.page_user{direction}";
    }

    /// <summary>
    /// How many users each word finds, a column each, counted up to <c>@most</c>, and then how many members there are, up to <c>@members</c>. Its parameters
    /// besides: <c>@organization</c>, <c>@from0</c>, <c>@to0</c>, ...
    /// </summary>
    public string CountWords(int words) => "SELECT " + string.Concat(Enumerable.Range(0, words).Select(i =>
        $"(SELECT COUNT(*) FROM (SELECT 1 FROM {_tables.Words.Table} WHERE {Range(i)} LIMIT @most) c{i}), "))
        + $"(SELECT COUNT(*) FROM (SELECT 1 FROM {_tables.Members.Table} m WHERE {_member} LIMIT @members) c)";

    /// <summary>One member. Its parameters: <c>@organization</c>, <c>@user</c>.</summary>
    public string One => Rows($"{_tables.Members.Table} m") + $" WHERE {_member} AND {_user} = @user";

    private string? Walked(UserListSlice slice, int words, string direction)
    {
        var (join, likes) = words == 0 ? ("", "") : ($" CROSS JOIN {_tables.Users.Table} u", Likes(Enumerable.Range(0, words)));
        string[] segments = [.. _segments.Of(slice).Select((segment, i) =>
            $"SELECT * FROM (SELECT {_user} AS page_user, {segment.Key} AS page_key FROM {_tables.Members.Table} m{join} WHERE {_member} AND {segment.Filter}{likes}"
            + $" ORDER BY {string.Join(", ", segment.Order.Select(by => by + direction))} LIMIT @count) s{i}")];
        return segments.Length switch
        {
            0 => null,
            1 => segments[0],
            _ => $"SELECT page_user, page_key FROM ({string.Join(" UNION ALL ", segments)}) t ORDER BY page_key{direction}, page_user{direction} LIMIT @count",
        };
    }

    private string Gathered(UserListSlice slice, int words, int word, string direction)
    {
        var key = _segments.KeyOf(slice.Sort);
        var others = Likes(Enumerable.Range(0, words).Where(i => i != word));
        return $"SELECT {_user} AS page_user, {key} AS page_key"
            + $" FROM (SELECT DISTINCT {_tables.Words[nameof(UserWordRow.UserId)]} AS found FROM {_tables.Words.Table} WHERE {Range(word)}) w"
            + $" CROSS JOIN {_tables.Members.Table} m{(others.Length == 0 ? "" : $" CROSS JOIN {_tables.Users.Table} u")}"
            + $" WHERE {_member} AND {_user} = w.found{_segments.Filter(slice)}{others} ORDER BY {key}{direction}, {_user}{direction} LIMIT @count";
    }

    private string Range(int i) => $"{_word} >= @from{i} AND {_word} < @to{i}";

    private string Likes(IEnumerable<int> words)
    {
        var likes = string.Concat(words.Select(i => $" AND u.{_tables.Users[nameof(DirectoryUserRow.Words)]} LIKE @like{i}"));
        return likes.Length == 0 ? "" : $" AND u.{_tables.Users[nameof(DirectoryUserRow.UserId)]} = {_user}{likes}";
    }

    private string Rows(string from) =>
        $"SELECT {MembershipColumns.List(_tables.Members, _tables.Groups)}, u.{_tables.Users[nameof(DirectoryUserRow.Name)]},"
        + $" u.{_tables.Users[nameof(DirectoryUserRow.Email)]}, a.{_tables.Accounts[nameof(AccountRow.Data)]} FROM {from} "
        + MembershipColumns.JoinGroups(_tables.Members, _tables.Groups)
        + $" LEFT JOIN {_tables.Users.Table} u ON u.{_tables.Users[nameof(DirectoryUserRow.UserId)]} = {_user}"
        + $" LEFT JOIN {_tables.Accounts.Table} a ON a.{_tables.Accounts[nameof(AccountRow.UserId)]} = {_user}";
}
