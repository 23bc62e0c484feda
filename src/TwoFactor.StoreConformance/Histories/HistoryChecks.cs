using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Histories;

/// <summary>Callers who load, save, save over what is stale and give up in the middle, and the histories of what they were answered.</summary>
internal static class HistoryChecks
{
    private const int Callers = 12;
    private const int Operations = 20;

    private static readonly UserId[] s_users = [new("alice"), new("Alice"), new(new string('x', UserId.MaxLength))];
    private static int s_run;

    public static async Task RunAsync(StoreHarness harness, params ImmutableArray<IAccountStore> stores)
    {
        var (recorder, run) = (new HistoryRecorder(), Interlocked.Increment(ref s_run));
        await StoreSteps.AtOnceAsync(Callers, async caller =>
        {
            var random = new SeededRandom((run * Callers) + caller);
            var known = new Dictionary<UserId, StoredAccount>();
            try
            {
                for (var i = 0; i < Operations; i++) await OneAsync(recorder, random, stores[random.Below(stores.Length)], random.Of(s_users), known);
                return true;
            }
            catch (Exception e) when (e is not StoreViolationException)
            {
                throw new StoreViolationException($"Callers who collide are answered, not ended with {e.GetType().Name}: {e.Message}", e);
            }
        });
        // What is there at the end is the last word.
        foreach (var user in s_users)
        {
            foreach (var store in stores) await recorder.LoadAsync(store, user);
        }

        await recorder.CheckAsync(harness.EventsOfAsync);
    }

    private static async Task OneAsync(HistoryRecorder recorder, SeededRandom random, IAccountStore store, UserId user, Dictionary<UserId, StoredAccount> known)
    {
        var what = random.Below(10);
        if (what < 5 || !known.ContainsKey(user)) known[user] = await recorder.LoadAsync(store, user);
        if (what == 0) return;

        // Often over what was loaded a while ago, and sometimes as if nothing had been stored.
        var (account, version) = what == 9 ? default : known[user];
        var mark = recorder.NextMark();
        var (next, events) = Sample.WithEvents((account ?? Account.NewFor(user)) with { Epoch = mark }, HistoryRecorder.EventName(mark));
        if (what != 8)
        {
            await recorder.SaveAsync(store, next, version, events);
            return;
        }

        await StoreSteps.CancelledDuringAsync(async token => await recorder.SaveAsync(store, next, version, events, token), random.Below(20_000));
    }
}
