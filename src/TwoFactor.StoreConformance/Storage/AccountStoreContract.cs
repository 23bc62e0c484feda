using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do for one caller at a time: state and events, versions, ids, large values, cancellation.</summary>
[Feature("X1")]
public abstract class AccountStoreContract : StoreFixture
{
    [Test]
    public Task A_user_of_whom_nothing_is_stored_has_version_0_and_no_account() => RunAsync(ContractChecks.A_user_of_whom_nothing_is_stored_has_version_0_and_no_account);

    [Test]
    public Task Every_member_of_a_full_account_comes_back() => RunAsync(ContractChecks.Every_member_of_a_full_account_comes_back);

    [Test]
    public Task Long_and_foreign_user_ids_are_kept() => RunAsync(ContractChecks.Long_and_foreign_user_ids_are_kept);

    [Test]
    public Task User_ids_are_compared_by_ordinal() => RunAsync(ContractChecks.User_ids_are_compared_by_ordinal);

    [Test]
    public Task A_stale_version_is_false_and_writes_nothing() => RunAsync(ContractChecks.A_stale_version_is_false_and_writes_nothing);

    [Test]
    public Task A_first_write_over_an_account_that_exists_is_false() => RunAsync(ContractChecks.A_first_write_over_an_account_that_exists_is_false);

    [Test]
    public Task A_later_write_of_an_account_that_does_not_exist_is_false() => RunAsync(ContractChecks.A_later_write_of_an_account_that_does_not_exist_is_false);

    [Test]
    public Task Versions_rise_and_are_never_used_twice() => RunAsync(ContractChecks.Versions_rise_and_are_never_used_twice);

    [Test]
    public Task Two_users_do_not_touch_each_other() => RunAsync(ContractChecks.Two_users_do_not_touch_each_other);

    [Test]
    public Task Events_are_stored_whole_and_in_order_with_the_state() => RunAsync(ContractChecks.Events_are_stored_whole_and_in_order_with_the_state);

    [Test]
    public Task A_write_without_events_is_a_write() => RunAsync(ContractChecks.A_write_without_events_is_a_write);

    [Test]
    public Task An_event_that_exists_already_fails_the_whole_write() => RunAsync(ContractChecks.An_event_that_exists_already_fails_the_whole_write);

    [Test]
    public Task Ids_that_differ_at_their_end_are_different_users() => RunAsync(ContractChecks.Ids_that_differ_at_their_end_are_different_users);

    [Test]
    public Task An_account_with_everything_at_its_greatest_comes_back() => RunAsync(ContractChecks.An_account_with_everything_at_its_greatest_comes_back);

    [Test]
    public Task Many_events_in_one_write_are_stored_whole_and_in_order() => RunAsync(ContractChecks.Many_events_in_one_write_are_stored_whole_and_in_order);

    [Test]
    public Task Events_of_another_chain_are_refused() => RunAsync(ContractChecks.Events_of_another_chain_are_refused);

    [Test]
    public Task Cancelled_before_a_save_nothing_is_written() => RunAsync(CancellationChecks.Cancelled_before_a_save_nothing_is_written);

    [Test]
    public Task Cancelled_during_a_save_the_outcome_is_told_truthfully() => RunAsync(CancellationChecks.Cancelled_during_a_save_the_outcome_is_told_truthfully);

    [Test]
    [Feature("X10")]
    public Task A_changed_removed_or_reordered_event_breaks_the_chain() => RunAsync(ContractChecks.A_changed_removed_or_reordered_event_breaks_the_chain);
}
