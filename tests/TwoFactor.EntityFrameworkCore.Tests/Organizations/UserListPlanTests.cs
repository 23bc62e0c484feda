using System.Globalization;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

/// <summary>How SQLite answers a page: by walking along an index to the place and reading no more rows than the page has, at any depth.</summary>
[TestFixture]
[Feature("B9")]
public sealed class UserListPlanTests
{
    private const string Index = "IX_two_factor_members_organization_active_";
    private const string ByName = "enrolled_name_folded_user_id";
    private const string BySignIn = "enrolled_previous_sign_in_user_id";
    private const string ById = "enrolled_user_id";
    private const string ByLock = "locked_until_user_id_name_folded";
    private const string ByPending = "pending_until";
    private TemporaryDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TemporaryDatabase.WithSchemaAsync();

    [TearDown]
    public void Remove() => _database.Dispose();

    [Test]
    public void A_list_is_a_walk_along_indexes_at_any_depth([Values] UserListSort sort, [Values] bool descending, [Values] bool deep, [Values(null, true, false)] bool? enrolled)
    {
        var plan = Plan(Slice(sort, descending, deep) with { Enrolled = enrolled });
        string[] expected = sort switch
        {
            UserListSort.Name => [ByName],
            UserListSort.PreviousSignIn => [BySignIn],
            // The place is among those who are not enrolled, and from there back are only the locked.
            _ => [deep && descending && enrolled == true ? ByLock : ById],
        };
        AssertWalks(plan, expected);
        var place = sort switch { UserListSort.Name => "(name_folded,user_id)", UserListSort.PreviousSignIn => "(previous_sign_in,user_id)", _ => "user_id" };
        if (deep && (sort != UserListSort.Status || enrolled != true)) Assert.That(plan, Does.Contain($"AND {place}{(descending ? "<" : ">")}"), "it begins at the place");
    }

    [Test]
    public void A_status_is_found_by_the_index_that_holds_it([Values] CoarseStatus status, [Values] UserListSort sort, [Values] bool descending, [Values] bool deep)
    {
        var plan = Plan(Slice(sort, descending, deep, status) with { Statuses = [status] });
        AssertWalks(plan, [status switch
        {
            CoarseStatus.Locked => ByLock,
            CoarseStatus.Pending => ByPending,
            _ => sort switch { UserListSort.Name => ByName, UserListSort.PreviousSignIn => BySignIn, _ => ById },
        }]);
    }

    [Test]
    public void Several_statuses_are_a_walk_each([Values] UserListSort sort)
    {
        var plan = Plan(Slice(sort, false, false) with { Statuses = [CoarseStatus.Locked, CoarseStatus.Enrolled] });
        AssertWalks(plan, [ByLock, sort switch { UserListSort.Name => ByName, UserListSort.PreviousSignIn => BySignIn, _ => ById }]);
    }

    [Test]
    public void A_search_for_a_rare_word_gathers_whom_it_finds([Values] UserListSort sort, [Values(1, 2)] int words)
    {
        var plan = Plan(Slice(sort, false, false), words, words - 1);
        Assert.That(plan, Does.Contain("SEARCH two_factor_user_words USING COVERING INDEX sqlite_autoindex_two_factor_user_words_1 (word>? AND word<?)"));
        Assert.That(plan, Does.Contain("SEARCH m USING INDEX sqlite_autoindex_two_factor_members_1 (organization=? AND user_id=?)"));
        AssertNoScan(plan);
    }

    [Test]
    public void A_search_for_a_common_word_walks_along_the_index_of_the_order([Values(UserListSort.Name, UserListSort.PreviousSignIn)] UserListSort sort, [Values] bool deep)
    {
        var plan = Plan(Slice(sort, false, deep), 2);
        AssertWalks(plan, [sort == UserListSort.Name ? ByName : BySignIn]);
        Assert.That(plan, Does.Contain("SEARCH u USING INDEX sqlite_autoindex_two_factor_directory_users_1 (user_id=?)"));
    }

    [Test]
    public void What_no_row_can_be_asks_nothing() =>
        Assert.That(Statements().Page(Slice(UserListSort.Name, false, false) with { Enrolled = true, Statuses = [CoarseStatus.Pending, CoarseStatus.NotEnrolled] }, 0, null), Is.Null);

    private static UserListSlice Slice(UserListSort sort, bool descending, bool deep, CoarseStatus status = CoarseStatus.NotEnrolled) => new()
    {
        Organization = new OrganizationId("acme"),
        Now = DateTimeOffset.UnixEpoch,
        Sort = sort,
        Descending = descending,
        Count = 50,
        After = deep ? new UserListCursor(((int)status).ToString(CultureInfo.InvariantCulture), new UserId("m")) : null,
    };

    private static void AssertWalks(string plan, string[] indexes)
    {
        foreach (var index in indexes) Assert.That(plan, Does.Match($"SEARCH m USING (COVERING )?INDEX {Index}{index} \\(organization=\\? AND active=\\? AND "));
        // What is sorted is a page at most, of each part, or those who are locked or set up.
        AssertNoScan(plan);
        Assert.That(plan, Does.Contain("SEARCH m USING INTEGER PRIMARY KEY (rowid=?)"), "the rows are found by address, not by a second walk down an index");
    }

    private static void AssertNoScan(string plan) => Assert.That(plan.Split('\n').Where(line => line.StartsWith("SCAN ", StringComparison.Ordinal) && line is not ("SCAN p" or "SCAN t" or "SCAN w" or "SCAN s0" or "SCAN s1" or "SCAN s2" or "SCAN s3" or "SCAN s4")), Is.Empty, plan);

    private UserListStatements Statements()
    {
        using var context = _database.CreateContext();
        return StoreBinding.To(context).UserList;
    }

    private string Plan(UserListSlice slice, int words = 0, int? gather = null)
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + Statements().Page(slice, words, gather);
        foreach (var name in new[] { "@organization", "@count", "@now", "@key", "@after", "@enrolled", "@like0", "@like1", "@from0", "@to0", "@from1", "@to1" })
            command.Parameters.AddWithValue(name, 1);
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read()) plan.Add(rows.GetString(3));
        return string.Join('\n', plan);
    }
}
