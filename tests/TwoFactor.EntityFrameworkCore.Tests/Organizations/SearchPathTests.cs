using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.StoreConformance.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

/// <summary>A search gathers whom its rarest word finds, or walks along the list. Which of the two is a matter of cost, never of the answer.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("B9")]
public sealed class SearchPathTests(Engine engine)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId Acme = new("acme");
    private OrganizationHarness _harness = null!;

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        _harness = await DatabaseOrganizationHarness.CreateAsync(engine);
        string[] first = ["Zo\u00EB", "Zoltan", "Ada", "Ana"], last = ["Zimmer", "Zimmermann", "Adams"];
        for (var i = 0; i < 36; i++)
        {
            var user = new UserId($"user-{i:D2}");
            await _harness.PutAsync(new DirectoryUser(user, $"{first[i % 4]} {last[i % 3]}", $"u{i}@{(i % 2 == 0 ? "even" : "odd")}.example"));
            await _harness.JoinAsync(i % 9 == 8 ? new OrganizationId("globex") : Acme, user, Now);
            if (i % 5 > 1) continue;
            var account = Account.NewFor(user) with
            {
                PreviousSignInAt = Now.AddDays(-i),
                Attempts = i % 5 == 0 ? new AttemptLedger { CodeLock = new AccountLock(LockReason.CodeFailures, LockRelease.ByAdministrator, Now, null) } : AttemptLedger.Empty,
            };
            Assert.That(await _harness.Accounts.TrySaveAsync(account, 0, [], default), Is.True);
        }
    }

    [OneTimeTearDown]
    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Test]
    public async Task Both_ways_find_the_same_in_every_order_page_by_page(
        [Values("zo", "zo\u00EB zimmer", "zimmer zo", "ada", "example", "even zimmermann", "zo xylophone")] string search, [Values] UserListSort sort, [Values] bool descending)
    {
        var slice = new UserListSlice { Organization = Acme, Now = Now, Sort = sort, Descending = descending, Search = search, Count = 3 };
        var gathered = await PagesAsync(new EntityFrameworkUserList(Context) { GatherAtMost = int.MaxValue - 1, WalkAtMost = 0 }, slice);
        var walked = await PagesAsync(new EntityFrameworkUserList(Context) { GatherAtMost = -1, WalkAtMost = 0 }, slice);
        Assert.That(walked, Is.EqualTo(gathered));
        Assert.That(walked, search.Contains("xylophone", StringComparison.Ordinal) ? Is.Empty : Is.Not.Empty);
        Assert.That(await PagesAsync(new EntityFrameworkUserList(Context), slice), Is.EqualTo(gathered), "as a host has it");
    }

    [TestCase(new long[] { 3 }, 10, 0, TestName = "A_word_that_finds_fewer_than_the_organisation_has_is_gathered")]
    [TestCase(new long[] { 11 }, 10, null, TestName = "A_small_organisation_is_walked_rather_than_more_users_gathered")]
    [TestCase(new long[] { 9_000, 400, 700 }, 5_001, 1, TestName = "The_rarest_word_is_gathered")]
    [TestCase(new long[] { 50_000 }, 5_001, 0, TestName = "In_a_large_organisation_fifty_thousand_are_gathered")]
    [TestCase(new long[] { 50_001, 50_001 }, 5_001, null, TestName = "Words_commoner_than_that_are_walked")]
    public void The_cheaper_way_is_chosen(long[] found, long members, int? expected) =>
        Assert.That(new EntityFrameworkUserList(Context).Choose(found, members), Is.EqualTo(expected));

    private TwoFactorDbContext Context() => ((DatabaseOrganizationHarness)_harness).Database.CreateContext();

    private static async Task<List<string>> PagesAsync(EntityFrameworkUserList list, UserListSlice slice)
    {
        var found = new List<string>();
        while (await list.ReadAsync(slice, default) is { IsEmpty: false } page)
        {
            found.AddRange(page.Select(row => row.User.Id.Value));
            slice = slice with { After = UserListCursor.Of(page[^1], slice.Sort, Now) };
        }

        return found;
    }
}
