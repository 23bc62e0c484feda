using NUnit.Framework;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// What a store must do that can take accounts out (<see cref="IAccountRemoval"/>), which moves between regions need. Derive it when the store
/// implements that.
/// </summary>
[Category(Soak.Category)]
[Feature("X1")]
[Feature("C10")]
public abstract class AccountRemovalContract : StoreFixture
{
    [Test]
    public Task A_removal_leaves_the_marker_a_new_version_and_no_event() => RunAsync(RemovalChecks.A_removal_leaves_the_marker_a_new_version_and_no_event);

    [Test]
    public Task A_removal_over_a_stale_version_is_false_and_takes_nothing() => RunAsync(RemovalChecks.A_removal_over_a_stale_version_is_false_and_takes_nothing);

    [Test]
    public Task A_removal_cancelled_before_it_begins_takes_nothing() => RunAsync(RemovalChecks.A_removal_cancelled_before_it_begins_takes_nothing);

    [Test]
    public Task A_removal_touches_no_other_user() => RunAsync(RemovalChecks.A_removal_touches_no_other_user);

    [Test]
    public Task Of_removals_and_saves_over_one_version_one_wins() => RepeatAsync(RemovalChecks.Of_removals_and_saves_over_one_version_one_wins);
}
