using NUnit.Framework;
using TwoFactor.StoreConformance.Organizations;
using TwoFactor.StoreConformance.Storage;
using TwoFactor.StoreConformance.Tests.BrokenStores;

namespace TwoFactor.StoreConformance.Tests;

/// <summary>A suite that passes a broken store proves nothing: each of these must fail at least the tests that name its fault.</summary>
[TestFixture]
[Feature("X1")]
public sealed class NegativeControlTests
{
    private static readonly string[] Races =
    [
        nameof(AccountStoreRaces.Of_many_first_writes_one_wins), nameof(AccountStoreRaces.Of_many_writes_over_one_version_one_wins),
        nameof(AccountStoreRaces.No_increment_of_a_counter_is_lost),
        nameof(AccountServiceRaces.One_code_submitted_in_parallel_signs_in_once), nameof(AccountServiceRaces.A_code_spent_in_one_call_is_spent_in_all),
        nameof(AccountServiceRaces.One_backup_code_in_many_sessions_signs_in_once), nameof(AccountServiceRaces.Parallel_guesses_do_not_overrun_the_limit),
    ];

    private static readonly TestCaseData<Func<StoreHarness>, string[]>[] Broken =
    [
        Case(() => new CheckThenActStore(), Races),
        Case(() => new LastWriteWinsStore(), [.. Races, nameof(AccountStoreContract.A_stale_version_is_false_and_writes_nothing),
            nameof(AccountStoreRaces.Histories_of_loads_and_saves_have_an_order), nameof(AccountStoreInstances.What_one_instance_saved_the_other_loads_at_once)]),
        Case(() => new VersionReuseStore(), [nameof(AccountStoreContract.Versions_rise_and_are_never_used_twice),
            nameof(AccountStoreRaces.Histories_of_loads_and_saves_have_an_order)]),
        Case(() => new EventsOutsideStore(), [nameof(AccountStoreContract.An_event_that_exists_already_fails_the_whole_write)]),
        Case(() => new SwallowedFaultStore(), [nameof(AccountStoreContract.An_event_that_exists_already_fails_the_whole_write)]),
        Case(() => new EventsOfLosersStore(), [nameof(AccountStoreContract.A_stale_version_is_false_and_writes_nothing),
            nameof(AccountStoreRaces.Of_many_writes_over_one_version_one_wins), nameof(AccountStoreRaces.Histories_of_loads_and_saves_have_an_order)]),
        Case(() => new CaseBlindStore(), [nameof(AccountStoreContract.User_ids_are_compared_by_ordinal)]),
        Case(() => new TruncatingStore(), [nameof(AccountStoreContract.Ids_that_differ_at_their_end_are_different_users)]),
        Case(() => new StaleReadStore(), [nameof(AccountStoreRaces.Histories_of_loads_and_saves_have_an_order),
            nameof(AccountStoreInstances.What_one_instance_saved_the_other_loads_at_once)]),
        Case(() => new LyingCancellationStore(), [nameof(AccountStoreContract.Cancelled_during_a_save_the_outcome_is_told_truthfully)]),
        Case(() => new BlindRemovalStore(), [nameof(AccountRemovalContract.A_removal_over_a_stale_version_is_false_and_takes_nothing),
            nameof(AccountRemovalContract.Of_removals_and_saves_over_one_version_one_wins)]),
        Case(() => new EventsLeftStore(), [nameof(AccountRemovalContract.A_removal_leaves_the_marker_a_new_version_and_no_event)]),
        Case(() => new VersionsAnewStore(), [nameof(AccountRemovalContract.A_removal_leaves_the_marker_a_new_version_and_no_event)]),
        Case(() => new EagerMemoryStore(), [nameof(RecentAccountsContract.A_save_that_was_not_acknowledged_is_not_recalled)]),
        Case(() => new FreshVersionStore(), [nameof(RecentAccountsContract.What_another_instance_has_replaced_is_recalled_with_a_version_that_loses)]),
        Case(() => new CountingVersionStore(), [nameof(RecentAccountsContract.Versions_cannot_be_foretold)]),
    ];

    [TestCaseSource(nameof(Broken))]
    public async Task A_broken_store_fails_the_tests_that_name_its_fault(Func<StoreHarness> create, string[] expected)
    {
        Assert.That(StoreCheck.All.Select(check => check.Name), Is.SupersetOf(expected), "The checks are named rightly.");
        foreach (var check in StoreCheck.All.Where(check => expected.Contains(check.Name)))
        {
            await using var store = create();
            var fault = await Assert.ThrowsAsync<StoreViolationException>(() => check.RunAsync(store), $"{store.GetType().Name} passed {check.Name}.");
            TestContext.Out.WriteLine($"{store.GetType().Name} fails {check.Name}: {fault!.Message}");
        }
    }

    [Test]
    public async Task A_source_that_pages_by_counting_rows_passes_members_over()
    {
        await using var source = new OffsetPagingHarness();
        await Assert.ThrowsAsync<StoreViolationException>(() => MembershipChecks.Whoever_stays_is_read_once_while_others_come_and_go(source));
        await using var right = new InMemoryOrganizationHarness();
        await Assert.DoesNotThrowAsync(() => MembershipChecks.Whoever_stays_is_read_once_while_others_come_and_go(right));
    }

    [Test]
    public async Task A_feed_that_numbers_events_before_their_commit_passes_some_over()
    {
        await using var feed = new EarlyPositionHarness();
        await Assert.ThrowsAsync<StoreViolationException>(() => FeedChecks.The_feed_passes_over_nothing_while_many_write(feed));
        await using var right = new InMemoryOrganizationHarness();
        await Assert.DoesNotThrowAsync(() => FeedChecks.The_feed_passes_over_nothing_while_many_write(right));
    }

    [Test]
    public async Task A_right_store_passes_every_test_that_fails_a_broken_one()
    {
        Type[] others = [typeof(AccountStoreInstances), typeof(RecentAccountsContract)];
        foreach (var check in StoreCheck.All.Where(check => !others.Contains(check.Fixture) && Broken.Any(b => ((string[])b.Arguments[1]!).Contains(check.Name))))
        {
            await using var store = new InMemoryStoreHarness();
            await Assert.DoesNotThrowAsync(() => check.RunAsync(store), check.Name);
        }
    }

    [Test]
    public async Task A_store_that_remembers_rightly_passes_what_fails_the_others()
    {
        foreach (var check in StoreCheck.All.Where(check => check.Fixture == typeof(RecentAccountsContract)))
        {
            await using var store = new RememberingStore();
            await Assert.DoesNotThrowAsync(() => check.RunAsync(store), check.Name);
        }
    }

    [Test]
    public void Every_test_of_the_fixtures_is_a_check_of_its_name()
    {
        var names = StoreCheck.All.Select(check => check.Name).ToArray();
        Assert.That(names, Is.Unique.And.Length.GreaterThan(40));
        Assert.That(StoreCheck.All.Select(check => check.RunAsync.Method.Name), Is.EqualTo(names));
        var fixtures = typeof(StoreFixture).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StoreFixture)) && type.IsAbstract);
        Assert.That(StoreCheck.All.Select(check => check.Fixture).Distinct(), Is.EquivalentTo(fixtures));
    }

    private static TestCaseData<Func<StoreHarness>, string[]> Case(Func<StoreHarness> create, string[] expected)
    {
        var data = new TestCaseData<Func<StoreHarness>, string[]>(create, expected);
        data.SetArgDisplayNames(create().GetType().Name);
        return data;
    }
}
