using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.Status;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// The queries behind user lists, for SQLite (3.24 and later) and PostgreSQL alike. They find the users of a page by walking along indexes of the
/// organisation's members, or by the words of a search, and only then read the accounts and groups of those.
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
    private readonly string? _address;

    public UserListStatements(StoreTables tables, StoreDatabase database)
    {
        _tables = tables;
        var members = tables.Members;
        _user = "m." + members[nameof(MemberRow.UserId)];
        _member = $"m.{members[nameof(MemberRow.Organization)]} = @organization AND m.{members[nameof(MemberRow.Active)]} = TRUE";
        _word = tables.Words[nameof(UserWordRow.Word)];
        _segments = new UserListSegments(members);
        _address = database.RowAddress;
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
        UserListSegment[] segments = gather is null ? [.. _segments.Of(slice)] : [];
        if (gather is null && segments.Length == 0) return null;

        // A walk that ends with the page takes the rows along. Any other reads the index alone until the members of the page are known, whose rows are
        // then found again: by address, which indexes of SQLite hold, or else by key.
        var whole = _address is null && gather is null && words == 0 && segments.All(segment => segment.Walked);
        var (found, again) = _address is null ? ($"{_user} AS page_user", $"{_member} AND {_user} = p.page_user")
            : ($"{_user} AS page_user, m.{_address} AS page_row", $"m.{_address} = p.page_row");
        if (whole) found += $", {MembershipColumns.OfMember(_tables.Members)}, {Shown}, m.{_tables.Members[nameof(MemberRow.Grouped)]}";
        var direction = slice.Descending ? " DESC" : "";
        var page = gather is { } word ? Gathered(slice, words, word, found, direction) : Walked(segments, words, found, direction);
        var rows = whole ? Rows($"({page}) m") : Rows($"({page}) p CROSS JOIN {_tables.Members.Table} m") + $" WHERE {again}";
        return $"{rows} ORDER BY page_key{direction}, page_user{direction}";
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

    private string Walked(UserListSegment[] segments, int words, string found, string direction)
    {
        var (join, likes) = words == 0 ? ("", "") : ($" CROSS JOIN {_tables.Users.Table} u", Likes(Enumerable.Range(0, words)));
        string[] parts = [.. segments.Select((segment, i) =>
            $"SELECT * FROM (SELECT {found}, {segment.Key} AS page_key FROM {_tables.Members.Table} m{join} WHERE {_member} AND {segment.Filter}{likes}"
            + $" ORDER BY {string.Join(", ", segment.Order.Select(by => by + direction))} LIMIT @count) s{i}")];
        return parts is [var only]
            ? only
            : $"SELECT * FROM ({string.Join(" UNION ALL ", parts)}) t ORDER BY page_key{direction}, page_user{direction} LIMIT @count";
    }

    private string Gathered(UserListSlice slice, int words, int word, string found, string direction)
    {
        var key = _segments.KeyOf(slice.Sort);
        var others = Likes(Enumerable.Range(0, words).Where(i => i != word));
        return $"SELECT {found}, {key} AS page_key"
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

    private string Shown => $"m.{_tables.Members[nameof(MemberRow.Name)]}, m.{_tables.Members[nameof(MemberRow.Email)]}";

    private string Rows(string from) =>
        $"SELECT {MembershipColumns.List(_tables.Members, _tables.Groups)}, {Shown}, a.{_tables.Accounts[nameof(AccountRow.Data)]} FROM {from} "
        + MembershipColumns.JoinGroups(_tables.Members, _tables.Groups)
        + $" LEFT JOIN {_tables.Accounts.Table} a ON a.{_tables.Accounts[nameof(AccountRow.UserId)]} = {_user}";
}
