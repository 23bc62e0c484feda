using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// Several stores over the same data, as several nodes have them, and a store after a restart. Derive it unless the data is gone with the
/// process; the harness must override <see cref="StoreHarness.Reopen"/>.
/// </summary>
[Category(Soak.Category)]
[Feature("X1")]
public abstract class AccountStoreInstances : StoreFixture
{
    [Test]
    public Task What_was_saved_outlives_the_store() => RunAsync(InstanceChecks.What_was_saved_outlives_the_store);

    [Test]
    public Task A_restart_keeps_accounts_events_and_versions() => RunAsync(InstanceChecks.A_restart_keeps_accounts_events_and_versions);

    [Test]
    public Task What_one_instance_saved_the_other_loads_at_once() => RunAsync(InstanceChecks.What_one_instance_saved_the_other_loads_at_once);

    [Test]
    public Task Of_many_writes_by_several_instances_one_wins() => RepeatAsync(InstanceChecks.Of_many_writes_by_several_instances_one_wins);

    [Test]
    public Task Histories_of_several_instances_have_an_order() => RepeatAsync(InstanceChecks.Histories_of_several_instances_have_an_order);
}
