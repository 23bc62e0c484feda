using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do that can take accounts out.</summary>
internal static class RemovalChecks
{
    private const int Callers = Soak.Callers;
    private static readonly UserId Bob = new("bob");
    private static readonly Account Marker = Account.NewFor(Sample.Alice);

    public static async Task A_removal_leaves_the_marker_a_new_version_and_no_event(StoreHarness harness)
    {
        var stored = await StoredAsync(harness, Sample.Alice);
        Expect.That(await RemovalOf(harness).TryRemoveAsync(Marker, stored.Version, default), "A removal over the current version must succeed.");
        var left = await harness.Store.LoadAsync(Sample.Alice);
        Expect.That(Difference.Between(left.Account, Marker) is null, $"Not the marker is stored: {Difference.Between(left.Account, Marker)}.");
        Expect.That(left.Version > stored.Version, $"Version {left.Version} follows {stored.Version}: a request that began before the removal could still save.");
        Expect.Equal((await harness.EventsOfAsync(Sample.Alice)).Length, 0, "Events after the removal");

        // Whoever comes back begins a chain anew, under a version that was never used.
        var (back, events) = Sample.WithEvents(Marker with { Epoch = 7 }, "back");
        var again = await harness.Store.SavedAsync(back, left.Version, events);
        Expect.That(again.Version > left.Version, $"Version {again.Version} follows {left.Version}.");
        Expect.Equal(AuditChain.FindBreak(await harness.EventsOfAsync(Sample.Alice), again.Account!.AuditHead), null, "The first break of the new chain");
    }

    public static async Task A_removal_over_a_stale_version_is_false_and_takes_nothing(StoreHarness harness)
    {
        var stored = await StoredAsync(harness, Sample.Alice);
        var (next, events) = Sample.WithEvents(stored.Account! with { Epoch = 5 }, "later");
        var current = await harness.Store.SavedAsync(next, stored.Version, events);
        Expect.That(!await RemovalOf(harness).TryRemoveAsync(Marker, stored.Version, default), "A removal over a version that has moved on must be false.");
        Expect.That(!await RemovalOf(harness).TryRemoveAsync(Marker, current.Version + 1, default), "A removal over a version that is not there yet must be false.");
        await ExpectUntouchedAsync(harness, Sample.Alice, current, 3);
        Expect.That(!await RemovalOf(harness).TryRemoveAsync(Account.NewFor(Bob), 1, default), "A removal of a user of whom nothing is stored must be false.");
    }

    public static async Task A_removal_cancelled_before_it_begins_takes_nothing(StoreHarness harness)
    {
        var stored = await StoredAsync(harness, Sample.Alice);
        try
        {
            await RemovalOf(harness).TryRemoveAsync(Marker, stored.Version, new CancellationToken(true));
            Expect.That(false, "A cancelled removal must end with an OperationCanceledException.");
        }
        catch (OperationCanceledException)
        {
        }

        await ExpectUntouchedAsync(harness, Sample.Alice, stored, 2);
    }

    public static async Task A_removal_touches_no_other_user(StoreHarness harness)
    {
        // Ids that one is the beginning of, and that differ in case alone.
        UserId[] others = [Bob, new(Sample.Alice.Value + "2"), new(Sample.Alice.Value.ToUpperInvariant())];
        var (stored, before) = (await StoredAsync(harness, Sample.Alice), new List<StoredAccount>());
        foreach (var other in others) before.Add(await StoredAsync(harness, other));
        Expect.That(await RemovalOf(harness).TryRemoveAsync(Marker, stored.Version, default), "A removal over the current version must succeed.");
        for (var i = 0; i < others.Length; i++) await ExpectUntouchedAsync(harness, others[i], before[i], 2);
    }

    public static async Task Of_removals_and_saves_over_one_version_one_wins(StoreHarness harness)
    {
        var stored = await StoredAsync(harness, Sample.Alice);
        var removal = RemovalOf(harness);
        harness.ExpectSavesAtOnce(Callers);
        var answers = await StoreSteps.AtOnceAsync(Callers, async i =>
        {
            if (i % 2 == 0) return await removal.TryRemoveAsync(Marker, stored.Version, default);
            var (next, events) = Sample.WithEvents(stored.Account! with { Epoch = 1000 + i }, $"by {i}");
            return await harness.Store.TrySaveAsync(next, stored.Version, events);
        });
        var winner = Array.IndexOf(answers, true);
        Expect.Equal(answers.Count(won => won), 1, "The winners of one version");
        var (left, trail) = (await harness.Store.LoadAsync(Sample.Alice), await harness.EventsOfAsync(Sample.Alice));
        Expect.Equal(left.Account?.Epoch, winner % 2 == 0 ? Marker.Epoch : 1000 + winner, "The state, which is the winner's");
        Expect.Equal(trail.Length, winner % 2 == 0 ? 0 : 3, "The events, which are the winner's");
    }

    private static IAccountRemoval RemovalOf(StoreHarness harness)
    {
        Expect.That(harness.Store is IAccountRemoval, "The store does not implement IAccountRemoval: do not derive AccountRemovalContract, or implement it.");
        return (IAccountRemoval)harness.Store;
    }

    private static async Task<StoredAccount> StoredAsync(StoreHarness harness, UserId user)
    {
        var (account, events) = Sample.WithEvents(Sample.Full(user), "one", "two");
        return await harness.Store.SavedAsync(account, 0, events);
    }

    private static async Task ExpectUntouchedAsync(StoreHarness harness, UserId user, StoredAccount before, int events)
    {
        var (now, trail) = (await harness.Store.LoadAsync(user), await harness.EventsOfAsync(user));
        Expect.Equal(now.Version, before.Version, $"The version of {user}");
        Expect.That(Difference.Between(now.Account, before.Account) is null, $"{user} has changed: {Difference.Between(now.Account, before.Account)}.");
        Expect.Equal(trail.Length, events, $"The events of {user}");
        Expect.Equal(AuditChain.FindBreak(trail, now.Account!.AuditHead), null, "The first break of the chain");
    }
}
