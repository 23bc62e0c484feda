using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>
/// What every source of user lists must do: answer as the in-memory one. It uses <see cref="OrganizationHarness.Users"/>,
/// <see cref="OrganizationHarness.Accounts"/>, and the harness's names, joining and leaving.
/// </summary>
public abstract class UserListContract : OrganizationFixture
{
    private static readonly DateTimeOffset Now = Start.AddTicks(5_000);

    private static readonly string[] Ids =
    [
        "alice", "Alice", "ALICE", "al%ce", "al_ce", "al\\ce", "al'ce", "é", "e\u0301", "\uFF41lice", "😀", "𝔘ser", "\uE000", "b", "ba", "B", "0", "00", "zoë", "Zoë",
    ];

    private static readonly string[] Names =
    [
        "", "Ann", "ann", "ANN", "Ann Bee", "a_b%c\\d'e", "100 %", "under_score", "back\\slash", "O'Brien", "\"quoted\"", "Zoë", "ZOË", "zoë", "İstanbul", "straße",
        "STRASSE", "株式会社", "😀 grin", "\uFF21nn", "\uE000", "𝔘", "tab\tbed", "line\nbreak", "; DROP TABLE two_factor_members; --",
    ];

    private static readonly string[] Searches =
    [
        "a", "A", "ann", "NN", "%", "_", "\\", "\\%", "'", "''", "\"", "ß", "SS", "ë", "Ë", "株", "😀", "\uFF21", "@", "example.com", " ", "100 %", "%%", "a%b", "\n", "\0", "*", "[a]",
    ];

    [Test]
    [Feature("B9")]
    [Feature("A10")]
    public async Task It_answers_every_slice_as_the_model_does([Values(1, 2, 3)] int seed)
    {
        var random = new SeededRandom(seed);
        await using var model = new InMemoryOrganizationHarness();
        OrganizationHarness[] both = [Harness, model];
        foreach (var id in Ids.Concat(Enumerable.Range(0, 25).Select(i => $"user-{i}"))) await AddAsync(both, random, new UserId(id));

        for (var i = 0; i < 120; i++)
        {
            UserListSlice? slice = new UserListSlice
            {
                Organization = random.Chance(9) ? Globex : Acme,
                Now = Now,
                Search = random.Chance(2) ? random.Of<string>(Searches) : null,
                Statuses = random.Chance(2) ? [] : [.. random.Some(Enum.GetValues<CoarseStatus>())],
                Enrolled = random.Below(4) switch { 0 => true, 1 => false, _ => null },
                Sort = random.Of(Enum.GetValues<UserListSort>()),
                Descending = random.Chance(2),
                Count = random.Of(1, 3, 7, 50),
            };
            while (slice is not null)
            {
                var (actual, expected) = (await Harness.Users.ReadAsync(slice, default), await model.Users.ReadAsync(slice, default));
                Assert.That(Difference.Between(actual, expected), Is.Null, $"seed {seed}, slice {i}: {slice} {string.Join(",", slice.Statuses)}");
                slice = expected.Length < slice.Count ? null : slice with { After = UserListCursor.Of(expected[^1], slice.Sort, Now) };
            }
        }
    }

    [Test]
    [Feature("B9")]
    public async Task It_finds_one_member_as_the_model_does()
    {
        var random = new SeededRandom(4);
        await using var model = new InMemoryOrganizationHarness();
        foreach (var id in Ids) await AddAsync([Harness, model], random, new UserId(id));
        foreach (var id in Ids.Append("nobody"))
        {
            var actual = await Harness.Users.FindAsync(Acme, new UserId(id), Now, default);
            Assert.That(Difference.Between(actual, await model.Users.FindAsync(Acme, new UserId(id), Now, default)), Is.Null, id);
        }
    }

    [Test]
    [Feature("B9")]
    public async Task The_status_of_a_row_follows_the_clock_to_the_tick()
    {
        await AddAsync(Alice, new AttemptLedger { CodeLock = Until(Start.AddTicks(15)), PasswordLock = Until(Start.AddTicks(7)) });
        await AddAsync(Bob, new AttemptLedger { CodeLock = Until(Start.AddTicks(5)), PasswordLock = new AccountLock(LockReason.PasswordFailures, LockRelease.ByAdministrator, Start, null) });
        for (var tick = 0; tick < 20; tick++)
        {
            var slice = new UserListSlice { Organization = Acme, Now = Start.AddTicks(tick), Statuses = [CoarseStatus.Locked], Count = 9 };
            var locked = (await Harness.Users.ReadAsync(slice, default)).Select(row => row.User.Id);
            Assert.That(locked, Is.EqualTo(tick < 15 ? [Alice, Bob] : new[] { Bob }), $"Tick {tick}");
        }
    }

    [Test]
    [Feature("B9")]
    public async Task Whoever_is_there_all_the_time_is_shown_once_while_others_come_and_go(
        [Values] UserListSort sort, [Values] bool descending, [Values(1, 2)] int seed)
    {
        var random = new SeededRandom(seed);
        UserId[] staying = [.. Enumerable.Range(0, 30).Select(i => new UserId($"stays-{i}"))];
        UserId[] passing = [.. Enumerable.Range(0, 30).Select(i => new UserId($"passes-{i}"))];
        foreach (var user in staying.Concat(passing)) await AddAsync([Harness], random, user);
        foreach (var user in staying) await Harness.JoinAsync(Acme, user, Start);

        var shown = new List<UserId>();
        var slice = new UserListSlice { Organization = Acme, Now = Now, Sort = sort, Descending = descending, Count = 4 };
        while (await Harness.Users.ReadAsync(slice, default) is { Length: > 0 } page)
        {
            shown.AddRange(page.Select(row => row.User.Id));
            slice = slice with { After = UserListCursor.TryParse(UserListCursor.Of(page[^1], sort, Now).ToString()) };
            // Also the very user that the next page begins after.
            await Harness.LeaveAsync(Acme, random.Chance(2) && page[^1].User.Id.Value[0] == 'p' ? page[^1].User.Id : random.Of<UserId>(passing));
            await Harness.JoinAsync(Acme, random.Of<UserId>(passing), Start);
            await AddAsync([Harness], random, new UserId($"new-{shown.Count}"));
            // A new name moves a row in a list by name, so it may be shown at its old place and at its new one.
            var renamed = random.Of<UserId>(passing);
            await Harness.PutAsync(new DirectoryUser(renamed, random.Of<string>(Names), ""));
            if (shown.Count > 500) break;
        }

        Assert.That(shown.Where(user => !passing.Contains(user)), Is.Unique);
        Assert.That(staying, Is.SubsetOf(shown));
    }

    [Test]
    public async Task Hostile_search_text_and_places_are_text([Values] UserListSort sort)
    {
        await AddAsync(Alice, AttemptLedger.Empty);
        string[] hostile =
        [
            "%", "_", "\\", "\\\\", "%\\", "\\_", "'", "' OR 1=1 --", "\0", "a\0b", "\uD800", "\uDC00x", "\uFFFE", new string('%', 100_000), new string('a', 1_000_000),
            new string('\\', 321), "\u202E", "@search",
        ];
        foreach (var text in hostile)
        {
            var slice = new UserListSlice { Organization = Acme, Now = Now, Sort = sort, Search = text, Count = 9 };
            Assert.That(await Harness.Users.ReadAsync(slice, default), Is.Empty, $"Nobody's name holds {text[..Math.Min(9, text.Length)]}.");
            var after = slice with { Search = null, After = new UserListCursor(text, Alice), Descending = true };
            Assert.That(async () => await Harness.Users.ReadAsync(after, default), Throws.Nothing);
            Assert.That(async () => await Harness.Users.ReadAsync(after with { Descending = false }, default), Throws.Nothing);
        }
    }

    [Test]
    public async Task No_rows_are_no_rows([Values(0, -1, int.MinValue)] int count)
    {
        await AddAsync(Alice, AttemptLedger.Empty);
        Assert.That(await Harness.Users.ReadAsync(new UserListSlice { Organization = Acme, Now = Now, Count = count }, default), Is.Empty);
        Assert.That(await Harness.Users.ReadAsync(new UserListSlice { Organization = Acme, Now = Now, Count = int.MaxValue }, default), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_new_name_moves_the_user_in_every_list_and_one_without_a_name_is_listed_by_the_id()
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.JoinAsync(Acme, Bob, Start);
        await Harness.JoinAsync(Globex, Alice, Start);
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "alice", "bob" }));
        await Harness.PutAsync(new DirectoryUser(Alice, "Zed", "z@example.com"));
        await Harness.PutAsync(new DirectoryUser(Alice, "Zoë", "z@example.com"));
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "bob", "Zoë" }));
        Assert.That(await NamesAsync(Globex), Is.EqualTo(new[] { "Zoë" }));
    }

    private async Task<string[]> NamesAsync(OrganizationId organization) =>
        [.. (await Harness.Users.ReadAsync(new UserListSlice { Organization = organization, Now = Now, Count = 99 }, default)).Select(row => row.User.Name)];

    private static AccountLock Until(DateTimeOffset end) => new(LockReason.CodeFailures, LockRelease.AtTime, Start, end);

    private async Task AddAsync(UserId user, AttemptLedger attempts)
    {
        await Harness.JoinAsync(Acme, user, Start);
        await Harness.Accounts.SavedAsync(Account.NewFor(user) with { Attempts = attempts }, 0);
    }

    private static async Task AddAsync(OrganizationHarness[] harnesses, SeededRandom random, UserId user)
    {
        var named = random.Chance(6) ? null : new DirectoryUser(user, random.Of<string>(Names), random.Chance(4) ? "" : $"{random.Of<string>("Mail", "ann", "%", "_")}@Example.com");
        var before = random.Chance(5) ? null : RandomAccounts.Next(random, user, Now);
        var account = before is null || random.Chance(2) ? before : RandomAccounts.Next(random, user, Now);
        var (kind, provider) = (random.Of(MembershipKind.Member, MembershipKind.ExternalCollaborator), random.Of(null, "idp"));
        var groups = random.Some("ops", "Ops", "dev");
        var leftGroups = random.Some(groups);
        var (named1st, elsewhere, left) = (random.Chance(2), random.Chance(4), random.Chance(7));
        foreach (var harness in harnesses)
        {
            if (named is not null && named1st) await harness.PutAsync(named);
            await harness.JoinAsync(Acme, user, Start.AddDays(-1), kind, provider);
            if (elsewhere) await harness.JoinAsync(Globex, user, Start);
            foreach (var group in groups) await harness.JoinGroupAsync(Acme, user, group, Start);
            foreach (var group in leftGroups) await harness.LeaveGroupAsync(Acme, user, group);
            if (named is not null && !named1st) await harness.PutAsync(named);
            // Twice, so that the columns of a later write are seen, too.
            var version = before is null ? 0 : (await harness.Accounts.SavedAsync(before, 0)).Version;
            if (account is not null) await harness.Accounts.SavedAsync(account, version);
            if (left) await harness.LeaveAsync(Acme, user);
        }
    }
}
