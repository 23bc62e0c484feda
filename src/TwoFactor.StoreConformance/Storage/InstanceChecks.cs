using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Histories;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What stores over the same data must do together, and a store after a restart.</summary>
internal static class InstanceChecks
{
    public static async Task What_was_saved_outlives_the_store(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Full(Sample.Alice), "one");
        var before = await harness.Store.SavedAsync(account, 0, events);
        var reopened = Another(harness);
        var after = await reopened.LoadAsync(Sample.Alice);
        Expect.Equal(after.Version, before.Version, "The version after reopening");
        Expect.That(Difference.Between(after.Account, account) is null, $"After reopening {Difference.Between(after.Account, account)}.");
        Expect.That(!await reopened.TrySaveAsync(account, 0), "The reopened store must know that the account exists.");
        await reopened.SavedAsync(account with { Epoch = 5 }, after.Version);
        Expect.That(!await harness.Store.TrySaveAsync(account, before.Version), "What another store has written must not be overwritten.");
    }

    public static async Task A_restart_keeps_accounts_events_and_versions(StoreHarness harness)
    {
        var (account, store, version) = (Account.NewFor(Sample.Alice), harness.Store, 0L);
        for (var i = 1; i <= 4; i++)
        {
            (account, var events) = Sample.WithEvents(account with { Epoch = i }, "one", "two");
            var saved = await store.SavedAsync(account, version, events);
            Expect.That(saved.Version > version, $"Write {i} left version {saved.Version} after {version}: versions must rise over restarts.");
            store = await harness.RestartAsync() ?? throw NoOther();
            var loaded = await store.LoadAsync(Sample.Alice);
            Expect.Equal(loaded.Version, saved.Version, "The version after a restart");
            Expect.That(Difference.Between(loaded.Account, account) is null, $"After restart {i} {Difference.Between(loaded.Account, account)}.");
            var read = await harness.EventsOfAsync(Sample.Alice);
            Expect.Equal(read.Length, 2 * i, "Events after a restart");
            Expect.Equal(AuditChain.FindBreak(read, account.AuditHead), null, "The first break of the chain after a restart");
            (account, version) = (loaded.Account!, loaded.Version);
        }
    }

    public static async Task What_one_instance_saved_the_other_loads_at_once(StoreHarness harness)
    {
        IAccountStore[] stores = [harness.Store, Another(harness), Another(harness)];
        var version = 0L;
        for (var i = 1; i <= 60; i++)
        {
            var writer = stores[i % stores.Length];
            Expect.That(await writer.TrySaveAsync(Sample.Numbered(Sample.Alice, i), version), $"Save {i} is over what was just loaded.");
            var stale = version;
            foreach (var store in stores)
            {
                var stored = await store.LoadAsync(Sample.Alice);
                Expect.Equal(stored.Account?.Epoch, i, "What another instance loads after a save was acknowledged");
                version = stored.Version;
            }

            foreach (var store in stores) Expect.That(!await store.TrySaveAsync(Sample.Numbered(Sample.Alice, 0), stale), "A save over what another instance replaced must be false.");
        }
    }

    public static async Task Of_many_writes_by_several_instances_one_wins(StoreHarness harness)
    {
        IAccountStore[] stores = [harness.Store, Another(harness), Another(harness), Another(harness)];
        var (account, version) = (Account.NewFor(Sample.Alice), 0L);
        for (var round = 1; round <= 8; round++)
        {
            var answers = await StoreSteps.AtOnceAsync(32, async i =>
            {
                var (next, events) = Sample.WithEvents(account with { Epoch = i }, $"by {i}");
                return await stores[i % stores.Length].TrySaveAsync(next, version, events);
            });
            Expect.Equal(answers.Count(won => won), 1, "The winners of one version");
            (account, version) = await stores[round % stores.Length].LoadAsync(Sample.Alice) is { Account: { } stored } loaded ? (stored, loaded.Version) : throw NoOther();
            Expect.Equal(account.Epoch, Array.IndexOf(answers, true), "The state, which is the winner's");
            Expect.Equal((await harness.EventsOfAsync(Sample.Alice)).Length, round, "The events, which are the winners'");
        }
    }

    public static Task Histories_of_several_instances_have_an_order(StoreHarness harness) =>
        HistoryChecks.RunAsync(harness, harness.Store, Another(harness), Another(harness));

    private static IAccountStore Another(StoreHarness harness) => harness.Reopen() ?? throw NoOther();

    private static StoreViolationException NoOther() => new("The harness opens no other store over the data: override Reopen, or do not derive AccountStoreInstances.");
}
