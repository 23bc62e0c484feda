using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>What a feed must do while others write.</summary>
internal static class FeedChecks
{
    private const int Writers = 16;
    private const int Each = 12;

    // Reads that bring nothing, once all is written.
    private const int Patience = 2000;

    public static async Task The_feed_passes_over_nothing_while_many_write(OrganizationHarness harness)
    {
        var finished = 0;
        var read = await StoreSteps.AtOnceAsync(Writers + 1, async caller =>
        {
            if (caller == 0) return await ReadAsync(harness, () => Volatile.Read(ref finished) == Writers);
            try
            {
                // Different chains may commit in any order: a position that is taken early may be written late.
                for (var i = 0; i < Each; i++)
                    await harness.Accounts.WriteEventAsync(new UserId($"user-{caller}"), $"event {i}", DateTimeOffset.UnixEpoch.AddMilliseconds(i));
                return [];
            }
            finally
            {
                Interlocked.Increment(ref finished);
            }
        });

        Expect.Equal(read[0].Count, Writers * Each, "Events that a reader saw who went on from the last position each time");
        Expect.Equal(read[0].DistinctBy(AuditCursor.Of).Count(), read[0].Count, "Events that it saw once");
        foreach (var chain in read[0].GroupBy(e => e.Chain))
            Expect.That(chain.Select(e => e.Sequence).SequenceEqual(Enumerable.Range(1, Each).Select(i => (long)i)), $"The events of {chain.Key} come in their order.");
    }

    private static async Task<List<AuditEvent>> ReadAsync(OrganizationHarness harness, Func<bool> allHaveFinished)
    {
        var (seen, position, silent) = (new List<AuditEvent>(), 0L, 0);
        // A feed may hold events back while it does not know whether others come before them, even a little after the last write.
        while (silent < Patience && seen.Count < Writers * Each)
        {
            var finished = allHaveFinished();
            var batch = await harness.Feed.ReadAsync(position, 7, CancellationToken.None);
            seen.AddRange(batch.Select(entry => entry.Event));
            if (!batch.IsEmpty) position = batch[^1].Position;
            silent = batch.IsEmpty && finished ? silent + 1 : 0;
        }

        return seen;
    }
}
