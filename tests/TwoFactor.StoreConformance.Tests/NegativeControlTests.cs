using NUnit.Framework;
using TwoFactor.Testing;
using TwoFactor.StoreConformance.Storage;
using TwoFactor.StoreConformance.Tests.BrokenStores;

namespace TwoFactor.StoreConformance.Tests;

/// <summary>A suite that passes a broken store proves nothing: each of these must fail at least the check that names its fault.</summary>
[TestFixture]
[Feature("X1")]
public sealed class NegativeControlTests
{
    private static readonly string[] Races =
    [
        nameof(RaceChecks.Of_many_first_writes_one_wins), nameof(RaceChecks.Of_many_writes_over_one_version_one_wins), nameof(RaceChecks.No_increment_of_a_counter_is_lost),
        nameof(ServiceRaceChecks.One_code_submitted_in_parallel_signs_in_once), nameof(ServiceRaceChecks.Parallel_guesses_do_not_overrun_the_limit),
    ];

    private static readonly TestCaseData<Func<StoreHarness>, string[]>[] Broken =
    [
        Case(() => new CheckThenActStore(), Races),
        Case(() => new LastWriteWinsStore(), [.. Races, nameof(ContractChecks.A_stale_version_is_false_and_writes_nothing)]),
        Case(() => new VersionReuseStore(), [nameof(ContractChecks.Versions_rise_and_are_never_used_twice)]),
        Case(() => new EventsOutsideStore(), [nameof(ContractChecks.An_event_that_exists_already_fails_the_whole_write)]),
        Case(() => new SwallowedFaultStore(), [nameof(ContractChecks.An_event_that_exists_already_fails_the_whole_write)]),
        Case(() => new EventsOfLosersStore(), [nameof(ContractChecks.A_stale_version_is_false_and_writes_nothing), nameof(RaceChecks.Of_many_writes_over_one_version_one_wins)]),
        Case(() => new CaseBlindStore(), [nameof(ContractChecks.User_ids_are_compared_by_ordinal)]),
    ];

    [TestCaseSource(nameof(Broken))]
    public async Task A_broken_store_fails_the_checks_that_name_its_fault(Func<StoreHarness> create, string[] expected)
    {
        foreach (var check in StoreCheck.All.Where(check => expected.Contains(check.Name)))
        {
            await using var store = create();
            var fault = await Assert.ThrowsAsync<StoreViolationException>(() => check.RunAsync(store), $"{store.GetType().Name} passed {check.Name}.");
            TestContext.Out.WriteLine($"{store.GetType().Name} fails {check.Name}: {fault!.Message}");
        }

        Assert.That(StoreCheck.All.Select(check => check.Name), Is.SupersetOf(expected), "The checks are named rightly.");
    }

    [Test]
    public async Task A_right_store_passes_every_check_that_fails_a_broken_one()
    {
        foreach (var check in StoreCheck.All.Where(check => Broken.Any(b => ((string[])b.Arguments[1]!).Contains(check.Name))))
        {
            await using var store = new InMemoryStoreHarness();
            await Assert.DoesNotThrowAsync(() => check.RunAsync(store), check.Name);
        }
    }

    [Test]
    public void Every_check_has_a_test_of_its_name()
    {
        var tests = StoreCheck.Fixtures.SelectMany(fixture => fixture.GetMethods()).Where(m => m.IsDefined(typeof(TestAttribute), false)).Select(m => m.Name);
        Assert.That(tests, Is.EquivalentTo(StoreCheck.All.Select(check => check.Name)));
    }

    private static TestCaseData<Func<StoreHarness>, string[]> Case(Func<StoreHarness> create, string[] expected)
    {
        var data = new TestCaseData<Func<StoreHarness>, string[]>(create, expected);
        data.SetArgDisplayNames(create().GetType().Name);
        return data;
    }
}
