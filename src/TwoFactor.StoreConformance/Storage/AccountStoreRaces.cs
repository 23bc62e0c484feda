using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do for many callers at once: one winner a version, no lost update, no torn read, histories that have an order.</summary>
[Category(Soak.Category)]
[Feature("X1")]
public abstract class AccountStoreRaces : StoreFixture
{
    [Test]
    public Task Of_many_first_writes_one_wins() => RepeatAsync(RaceChecks.Of_many_first_writes_one_wins);

    [Test]
    public Task Of_many_writes_over_one_version_one_wins() => RepeatAsync(RaceChecks.Of_many_writes_over_one_version_one_wins);

    [Test]
    public Task No_increment_of_a_counter_is_lost() => RepeatAsync(RaceChecks.No_increment_of_a_counter_is_lost);

    [Test]
    public Task Writes_of_different_users_do_not_fail_each_other() => RepeatAsync(RaceChecks.Writes_of_different_users_do_not_fail_each_other);

    [Test]
    public Task A_reader_never_sees_an_older_state_after_a_newer() => RepeatAsync(RaceChecks.A_reader_never_sees_an_older_state_after_a_newer);

    [Test]
    public Task A_reader_never_sees_half_a_write() => RepeatAsync(RaceChecks.A_reader_never_sees_half_a_write);

    [Test]
    public Task Histories_of_loads_and_saves_have_an_order() => RepeatAsync(RaceChecks.Histories_of_loads_and_saves_have_an_order);
}
