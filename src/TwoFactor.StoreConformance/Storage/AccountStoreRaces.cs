using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Many callers at once. The tests of <see cref="RaceChecks"/> on a store that the deriving class gives.</summary>
[Feature("X1")]
public abstract class AccountStoreRaces : StoreFixture
{
    [Test]
    public Task Of_many_first_writes_one_wins() => RunAsync(RaceChecks.Of_many_first_writes_one_wins);

    [Test]
    public Task Of_many_writes_over_one_version_one_wins() => RunAsync(RaceChecks.Of_many_writes_over_one_version_one_wins);

    [Test]
    public Task No_increment_of_a_counter_is_lost() => RunAsync(RaceChecks.No_increment_of_a_counter_is_lost);

    [Test]
    public Task Writes_of_different_users_do_not_fail_each_other() => RunAsync(RaceChecks.Writes_of_different_users_do_not_fail_each_other);

    [Test]
    public Task A_reader_never_sees_an_older_state_after_a_newer() => RunAsync(RaceChecks.A_reader_never_sees_an_older_state_after_a_newer);
}
