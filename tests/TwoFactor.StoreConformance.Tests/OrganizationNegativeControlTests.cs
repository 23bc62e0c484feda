using System.Reflection;
using NUnit.Framework;
using TwoFactor.StoreConformance.Organizations;
using TwoFactor.StoreConformance.Tests.BrokenStores;

namespace TwoFactor.StoreConformance.Tests;

/// <summary>The suites beside accounts find the fault of each of these, in the test that names it.</summary>
[TestFixture]
[Feature("X1")]
public sealed class OrganizationNegativeControlTests
{
    // No source, so that they are run from here alone.
    private static readonly object[] s_none = [];

    private static readonly TestCaseData<Func<InMemoryOrganizationHarness, object>, string[]>[] s_broken =
    [
        Case(right => new CheckThenActOrganizations(right.Organizations), [nameof(OrganizationStoreContract.Of_many_writes_over_one_version_one_wins),
            nameof(OrganizationStoreContract.Of_many_first_writes_one_wins)]),
        Case(right => new LastWriteWinsOrganizations(right.Organizations), [nameof(OrganizationStoreContract.A_stale_version_is_false_and_writes_nothing),
            nameof(OrganizationStoreContract.A_later_write_of_an_organisation_that_does_not_exist_is_false)]),
        Case(right => new KeyOnlyPagingList(right.Users), [nameof(UserListContract.It_answers_every_slice_as_the_model_does)]),
        Case(right => new LateStatusList(right.Users), [nameof(UserListContract.The_status_of_a_row_follows_the_clock_to_the_tick)]),
        Case(right => new AnyOrganizationList(right), [nameof(UserListContract.It_finds_one_member_as_the_model_does)]),
        Case(right => new EverybodysAudit(right.Audit), [nameof(AuditReaderContract.Events_of_an_organisation_are_its_own_and_those_of_whoever_belongs_to_it_now_but_not_another_ones),
            nameof(AuditReaderContract.It_answers_every_query_as_the_model_does)]),
        Case(right => new FirstPageOfChain(right.Audit), [nameof(AuditReaderContract.A_chain_is_read_whole_and_in_its_order)]),
    ];

    [TestCaseSource(nameof(s_broken))]
    public async Task A_broken_store_fails_the_tests_that_name_its_fault(Func<InMemoryOrganizationHarness, object> replace, string[] tests)
    {
        foreach (var test in tests)
        {
            var fault = await Assert.ThrowsAsync<AssertionException>(() => RunAsync(test, () => new ReplacedHarness(replace)), $"passed {test}");
            await TestContext.Out.WriteLineAsync($"fails {test}: {fault!.Message.ReplaceLineEndings(" ")}");
            await Assert.DoesNotThrowAsync(() => RunAsync(test, () => new InMemoryOrganizationHarness()), test);
        }
    }

    /// <summary>Runs a test of a suite with the first of its values, as NUnit does.</summary>
    private static async Task RunAsync(string test, Func<OrganizationHarness> create)
    {
        OrganizationFixture[] suites = [new Organizations(create), new UserLists(create), new AuditReaders(create)];
        var (suite, method) = suites.Select(suite => (suite, Method: suite.GetType().GetMethod(test))).Single(pair => pair.Method is not null);
        object?[] values = [.. method!.GetParameters().Select(parameter => parameter.ParameterType == typeof(int) ? 1 : (object?)null)];
        await suite.CreateHarnessAsync();
        try
        {
            await (Task)method.Invoke(suite, BindingFlags.DoNotWrapExceptions, null, values, null)!;
        }
        finally
        {
            await suite.DisposeHarnessAsync();
        }
    }

    private static TestCaseData<Func<InMemoryOrganizationHarness, object>, string[]> Case(Func<InMemoryOrganizationHarness, object> replace, string[] tests)
    {
        var data = new TestCaseData<Func<InMemoryOrganizationHarness, object>, string[]>(replace, tests);
        data.SetArgDisplayNames(replace(new InMemoryOrganizationHarness()).GetType().Name);
        return data;
    }

    [TestFixtureSource(typeof(OrganizationNegativeControlTests), nameof(s_none))]
    private sealed class Organizations(Func<OrganizationHarness> create) : OrganizationStoreContract
    {
        protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult(create());
    }

    [TestFixtureSource(typeof(OrganizationNegativeControlTests), nameof(s_none))]
    private sealed class UserLists(Func<OrganizationHarness> create) : UserListContract
    {
        protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult(create());
    }

    [TestFixtureSource(typeof(OrganizationNegativeControlTests), nameof(s_none))]
    private sealed class AuditReaders(Func<OrganizationHarness> create) : AuditReaderContract
    {
        protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult(create());
    }
}
