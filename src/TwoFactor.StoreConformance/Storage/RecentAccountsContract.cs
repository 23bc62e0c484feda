using NUnit.Framework;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// What a store must do that remembers what it saved (<see cref="IRecentAccounts"/>). Derive it when the store implements that; the harness
/// must override <see cref="StoreHarness.Reopen"/>.
/// </summary>
[Feature("X1")]
public abstract class RecentAccountsContract : StoreFixture
{
    [Test]
    public Task What_is_recalled_is_what_was_saved_with_its_version() => RunAsync(RecentChecks.What_is_recalled_is_what_was_saved_with_its_version);

    [Test]
    public Task A_save_that_was_not_acknowledged_is_not_recalled() => RunAsync(RecentChecks.A_save_that_was_not_acknowledged_is_not_recalled);

    [Test]
    public Task What_another_instance_has_replaced_is_recalled_with_a_version_that_loses() =>
        RunAsync(RecentChecks.What_another_instance_has_replaced_is_recalled_with_a_version_that_loses);

    [Test]
    public Task Users_are_told_apart() => RunAsync(RecentChecks.Users_are_told_apart);

    [Test]
    public Task Versions_cannot_be_foretold() => RunAsync(RecentChecks.Versions_cannot_be_foretold);
}
