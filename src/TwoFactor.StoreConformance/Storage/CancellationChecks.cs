using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do when its caller gives up.</summary>
internal static class CancellationChecks
{
    public static async Task Cancelled_before_a_save_nothing_is_written(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "one");
        var cancelled = new CancellationToken(canceled: true);
        var fault = await Expect.ThrowsAsync(async () => await harness.Store.TrySaveAsync(account, 0, events, cancelled), "A cancelled save");
        Expect.That(fault is OperationCanceledException, $"A cancelled save ended with {fault.GetType().Name}.");
        fault = await Expect.ThrowsAsync(async () => await harness.Store.LoadAsync(Sample.Alice, cancelled), "A cancelled load");
        Expect.That(fault is OperationCanceledException, $"A cancelled load ended with {fault.GetType().Name}.");
        await ContractChecks.A_user_of_whom_nothing_is_stored_has_version_0_and_no_account(harness);
    }

    public static async Task Cancelled_during_a_save_the_outcome_is_told_truthfully(StoreHarness harness)
    {
        var random = new SeededRandom(1);
        var stored = await harness.Store.SavedAsync(Account.NewFor(Sample.Alice), 0);
        var epoch = 0L;
        for (var i = 1; i <= 60; i++)
        {
            var (next, events) = Sample.WithEvents(stored.Account! with { Epoch = i }, $"attempt {i}", $"attempt {i} again");
            var saved = await TrySaveAsync(harness, next, stored.Version, events, random.Below(1 << (i % 20)));
            if (saved) epoch = i;
            var before = stored;
            stored = await harness.Store.LoadAsync(Sample.Alice);
            Expect.Equal(stored.Account?.Epoch, epoch, $"The account after attempt {i}, which {(saved ? "was saved" : "was cancelled")}");
            Expect.Equal(stored.Version > before.Version, saved, "A version that rose");
            var written = await harness.EventsOfAsync(Sample.Alice);
            Expect.Equal(AuditChain.FindBreak(written, stored.Account!.AuditHead), null, $"The first break of the chain after attempt {i}");
        }

        await harness.Store.SavedAsync(stored.Account! with { Epoch = 1000 }, stored.Version);
    }

    private static async Task<bool> TrySaveAsync(
        StoreHarness harness, Account account, long version, ImmutableArray<AuditEvent> events, int spins)
    {
        try
        {
            var saved = await StoreSteps.CancelledDuringAsync(async token => await harness.Store.TrySaveAsync(account, version, events, token), spins);
            Expect.That(saved, "Nobody else writes, so a save that answers must answer true.");
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
