using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Histories;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do for many callers at once.</summary>
internal static class RaceChecks
{
    private const int Callers = Soak.Callers;

    public static async Task Of_many_first_writes_one_wins(StoreHarness harness)
    {
        harness.ExpectSavesAtOnce(Callers);
        var answers = await StoreSteps.AtOnceAsync(Callers, i => WriteAsync(harness, Account.NewFor(Sample.Alice), 0, i));
        await ExpectOneWinnerAsync(harness, answers, 1);
    }

    public static async Task Of_many_writes_over_one_version_one_wins(StoreHarness harness)
    {
        var stored = await harness.Store.SavedAsync(Account.NewFor(Sample.Alice), 0);
        for (var round = 1; round <= 10; round++)
        {
            harness.ExpectSavesAtOnce(Callers);
            var (account, version) = (stored.Account!, stored.Version);
            var answers = await StoreSteps.AtOnceAsync(Callers, i => WriteAsync(harness, account, version, i));
            stored = await ExpectOneWinnerAsync(harness, answers, round);
        }
    }

    public static async Task No_increment_of_a_counter_is_lost(StoreHarness harness)
    {
        const int each = 4;
        // All add to the same state at first; after that they collide as they happen to.
        var store = new HeldStore(harness.Store);
        store.Expect(Callers);
        harness.ExpectSavesAtOnce(Callers);
        await StoreSteps.AtOnceAsync(Callers, async _ =>
        {
            for (var i = 0; i < each; i++) await IncrementAsync(store);
            return true;
        });
        var stored = await harness.Store.LoadAsync(Sample.Alice);
        var events = await harness.EventsOfAsync(Sample.Alice);
        Expect.Equal(stored.Account?.Epoch, Callers * each, "The counter");
        Expect.Equal(events.Length, Callers * each, "The events, one an increment");
        Expect.Equal(AuditChain.FindBreak(events, stored.Account!.AuditHead), null, "The first break of the chain");
    }

    public static async Task Writes_of_different_users_do_not_fail_each_other(StoreHarness harness)
    {
        var answers = await StoreSteps.AtOnceAsync(Callers, async i =>
        {
            var stored = default(StoredAccount);
            for (var n = 1; n <= 4; n++)
            {
                var (account, events) = Sample.WithEvents(stored.Account ?? Account.NewFor(new UserId($"user {i}")), "written");
                stored = await harness.Store.SavedAsync(account with { Epoch = n }, stored.Version, events);
            }

            return stored.Account?.Epoch;
        });
        Expect.That(answers.All(epoch => epoch == 4), "Nobody but its own caller writes an account, so none may conflict or be lost.");
    }

    public static async Task A_reader_never_sees_an_older_state_after_a_newer(StoreHarness harness)
    {
        var done = new CancellationTokenSource();
        await StoreSteps.AtOnceAsync(8, async i =>
        {
            if (i == 0)
            {
                try
                {
                    for (var n = 0; n < 40; n++) await IncrementAsync(harness.Store);
                }
                finally
                {
                    await done.CancelAsync();
                }

                return true;
            }

            var (version, epoch) = (0L, 0L);
            while (!done.IsCancellationRequested)
            {
                var stored = await harness.Store.LoadAsync(Sample.Alice);
                Expect.That(stored.Version >= version && (stored.Account?.Epoch ?? 0) >= epoch, $"Version {stored.Version} was read after {version}.");
                Expect.That(stored.Version == version == ((stored.Account?.Epoch ?? 0) == epoch), "One version must be one state.");
                (version, epoch) = (stored.Version, stored.Account?.Epoch ?? 0);
            }

            return true;
        });
    }

    public static async Task A_reader_never_sees_half_a_write(StoreHarness harness)
    {
        var done = new CancellationTokenSource();
        var stored = await harness.Store.SavedAsync(Numbered(Account.NewFor(Sample.Alice), 1).Account, 0, Numbered(Account.NewFor(Sample.Alice), 1).Events);
        await StoreSteps.AtOnceAsync(6, async i =>
        {
            try
            {
                for (var n = 2; i == 0 && n <= 30; n++)
                {
                    var (next, events) = Numbered(stored.Account!, n);
                    stored = await harness.Store.SavedAsync(next, stored.Version, events);
                }
            }
            finally
            {
                if (i == 0) await done.CancelAsync();
            }

            while (!done.IsCancellationRequested)
            {
                var account = (await harness.Store.LoadAsync(Sample.Alice)).Account!;
                Expect.That(account.GraceExtensions.All(grace => grace.Extra.Ticks == account.Epoch), $"Write {account.Epoch} was read with parts of another.");
                Expect.Equal(account.AuditHead?.Sequence, account.Epoch, "The end of the chain");
                Expect.That((await harness.EventsOfAsync(Sample.Alice)).Length >= account.Epoch, $"State {account.Epoch} was read before its events.");
            }

            return true;
        });
    }

    public static Task Histories_of_loads_and_saves_have_an_order(StoreHarness harness) => HistoryChecks.RunAsync(harness, harness.Store);

    // A large account, the parts of which all say which write they are of.
    private static (Account Account, ImmutableArray<AuditEvent> Events) Numbered(Account account, int n) => Sample.WithEvents(
        account with { Epoch = n, GraceExtensions = [.. Enumerable.Range(0, 400).Select(i => new GraceExtension(new OrganizationId($"org-{i}"), TimeSpan.FromTicks(n)))] }, $"write {n}");

    private static async Task IncrementAsync(IAccountStore store)
    {
        while (true)
        {
            var (stored, version) = await store.LoadAsync(Sample.Alice);
            var (next, events) = Sample.WithEvents(stored ?? Account.NewFor(Sample.Alice), "incremented");
            if (await store.TrySaveAsync(next with { Epoch = next.Epoch + 1 }, version, events)) return;
        }
    }

    private static async Task<int?> WriteAsync(StoreHarness harness, Account account, long version, int caller)
    {
        var (next, events) = Sample.WithEvents(account with { Epoch = caller }, $"by {caller}");
        return await harness.Store.TrySaveAsync(next, version, events) ? caller : null;
    }

    private static async Task<StoredAccount> ExpectOneWinnerAsync(StoreHarness harness, int?[] answers, int eventsExpected)
    {
        var winners = answers.OfType<int>().ToArray();
        Expect.Equal(winners.Length, 1, "The winners of one version");
        var stored = await harness.Store.LoadAsync(Sample.Alice);
        var events = await harness.EventsOfAsync(Sample.Alice);
        Expect.Equal(stored.Account?.Epoch, winners[0], "The state, which is the winner's");
        Expect.Equal(events.Length, eventsExpected, "The events, which are the winners'");
        Expect.Equal(events[^1].Name, $"by {winners[0]}", "The last event");
        return stored;
    }
}
