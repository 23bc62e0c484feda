using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do that remembers what it saved. It may have forgotten at any time.</summary>
internal static class RecentChecks
{
    public static async Task What_is_recalled_is_what_was_saved_with_its_version(StoreHarness harness)
    {
        var version = 0L;
        for (var i = 1; i <= 3; i++)
        {
            var saved = await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, i), version);
            await ExpectAsync(harness, Sample.Alice, saved);
            version = saved.Version;
        }
    }

    public static async Task A_save_that_was_not_acknowledged_is_not_recalled(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "one");
        var saved = await harness.Store.SavedAsync(account, 0, events);
        Expect.That(!await harness.Store.TrySaveAsync(Sample.Numbered(Sample.Alice, 2), saved.Version + 1), "A save over another version must be false.");
        await ExpectAsync(harness, Sample.Alice, saved);
        try
        {
            await harness.Store.TrySaveAsync(account with { Epoch = 3 }, saved.Version, events);
            Expect.That(false, "An event that is there already must fail the save.");
        }
        catch (Exception e) when (e is not StoreViolationException)
        {
        }

        await ExpectAsync(harness, Sample.Alice, saved);
    }

    public static async Task What_another_instance_has_replaced_is_recalled_with_a_version_that_loses(StoreHarness harness)
    {
        var saved = await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, 1), 0);
        var other = harness.Reopen();
        Expect.That(other is not null, "The harness must open another store over the same data: override Reopen.");
        await other!.SavedAsync(Sample.Numbered(Sample.Alice, 2), saved.Version);
        var (account, version) = await RecentOf(harness).RecallAsync(Sample.Alice, default);
        if (account is null || account.Epoch == 2) return;
        Expect.That(!await harness.Store.TrySaveAsync(account with { Epoch = 3 }, version), "An outdated account was recalled with a version under which it could be saved.");
    }

    public static async Task Users_are_told_apart(StoreHarness harness)
    {
        Expect.That(await RecentOf(harness).RecallAsync(Sample.Alice, default) is { Account: null, Version: 0 }, "Of a user of whom nothing was saved nothing is recalled.");
        UserId[] users = [Sample.Alice, new("ALICE"), .. Enumerable.Range(0, 200).Select(i => new UserId($"user-{i}"))];
        var saved = new List<StoredAccount>();
        for (var i = 0; i < users.Length; i++) saved.Add(await harness.Store.SavedAsync(Sample.Numbered(users[i], i), 0));
        for (var i = 0; i < users.Length; i++) await ExpectAsync(harness, users[i], saved[i]);
    }

    public static async Task Versions_cannot_be_foretold(StoreHarness harness)
    {
        var steps = new HashSet<long>();
        var version = (await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, 0), 0)).Version;
        for (var i = 1; i <= 5; i++)
        {
            var next = (await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, i), version)).Version;
            steps.Add(next - version);
            version = next;
        }

        Expect.That(steps.Count > 1, "Versions rise by the same step each time: after a backup was restored, one could stand for two contents.");
    }

    private static async Task ExpectAsync(StoreHarness harness, UserId user, StoredAccount saved)
    {
        var recalled = await RecentOf(harness).RecallAsync(user, default);
        if (recalled.Account is null) return;
        Expect.That(Difference.Between(recalled.Account, saved.Account) is null, $"Something else is recalled than was saved: {Difference.Between(recalled.Account, saved.Account)}.");
        Expect.Equal(recalled.Version, saved.Version, "The version that is recalled");
    }

    private static IRecentAccounts RecentOf(StoreHarness harness)
    {
        Expect.That(harness.Store is IRecentAccounts, "The store does not implement IRecentAccounts: do not derive RecentAccountsContract, or implement it.");
        return (IRecentAccounts)harness.Store;
    }
}
