using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>What a store must do for one caller at a time. Each method ends with a <see cref="StoreViolationException"/> when it does not.</summary>
internal static class ContractChecks
{
    public static async Task A_user_of_whom_nothing_is_stored_has_version_0_and_no_account(StoreHarness harness)
    {
        var stored = await harness.Store.LoadAsync(Sample.Alice);
        Expect.That(stored is { Account: null, Version: 0 }, $"Nothing is stored, yet the answer is {stored}.");
        Expect.Equal((await harness.EventsOfAsync(Sample.Alice)).Length, 0, "Events of an unknown user");
    }

    public static async Task Every_member_of_a_full_account_comes_back(StoreHarness harness)
    {
        var full = Sample.Full(Sample.Alice);
        var stored = await harness.Store.SavedAsync(full, 0);
        Expect.That(Difference.Between(stored.Account, full) is null, $"After the first write {Difference.Between(stored.Account, full)}.");
        full = Sample.Full(Sample.Alice) with { PreviousSignInAt = null };
        stored = await harness.Store.SavedAsync(full, stored.Version);
        Expect.That(Difference.Between(stored.Account, full) is null, $"After the second write {Difference.Between(stored.Account, full)}.");
    }

    public static async Task Long_and_foreign_user_ids_are_kept(StoreHarness harness)
    {
        UserId[] users =
        [
            new(new string('x', UserId.MaxLength)), new(string.Concat(Enumerable.Repeat("𝔘", UserId.MaxLength / 2))),
            new("'; DROP TABLE two_factor_accounts; --"), new("%_*?[a-z]"), new("a\"b`c]d\\e"), new("株式会社/山田 太郎"),
        ];
        foreach (var user in users)
        {
            var (account, events) = Sample.WithEvents(Sample.Numbered(user, user.Value.Length), "a", "b");
            var stored = await harness.Store.SavedAsync(account, 0, events);
            Expect.That(Difference.Between(stored.Account, account) is null, $"{user}: {Difference.Between(stored.Account, account)}.");
            Expect.Equal((await harness.EventsOfAsync(user)).Length, 2, $"Events of {user}");
        }
    }

    public static async Task Ids_that_differ_at_their_end_are_different_users(StoreHarness harness)
    {
        var start = new string('x', UserId.MaxLength - 1);
        UserId[] users = [new(start), new(start + "x"), new(start + "y"), new(start[1..] + "é")];
        for (var i = 0; i < users.Length; i++)
        {
            var (account, events) = Sample.WithEvents(Sample.Numbered(users[i], i + 1), "one");
            await harness.Store.SavedAsync(account, 0, events);
        }

        for (var i = 0; i < users.Length; i++)
        {
            Expect.Equal((await harness.Store.LoadAsync(users[i])).Account?.Epoch, i + 1, $"The account of an id of {users[i].Value.Length} characters");
            Expect.Equal((await harness.EventsOfAsync(users[i])).Length, 1, "Its events");
        }
    }

    public static async Task An_account_with_everything_at_its_greatest_comes_back(StoreHarness harness)
    {
        var greatest = Sample.Greatest(new UserId(new string('x', UserId.MaxLength)));
        var stored = await harness.Store.SavedAsync(greatest, 0);
        Expect.That(Difference.Between(stored.Account, greatest) is null, $"After the first write {Difference.Between(stored.Account, greatest)}.");
        var small = Sample.Numbered(greatest.UserId, 3);
        stored = await harness.Store.SavedAsync(small, stored.Version);
        Expect.That(Difference.Between(stored.Account, small) is null, $"After a smaller one {Difference.Between(stored.Account, small)}.");
        stored = await harness.Store.SavedAsync(greatest, stored.Version);
        Expect.That(Difference.Between(stored.Account, greatest) is null, $"After the third write {Difference.Between(stored.Account, greatest)}.");
    }

    public static async Task Many_events_in_one_write_are_stored_whole_and_in_order(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), [.. Enumerable.Range(0, 500).Select(i => $"event {i}")]);
        var stored = await harness.Store.SavedAsync(account, 0, events);
        var (next, more) = Sample.WithEvents(stored.Account!, [.. Enumerable.Range(500, 11).Select(i => $"event {i}")]);
        stored = await harness.Store.SavedAsync(next, stored.Version, more);
        var read = await harness.EventsOfAsync(Sample.Alice);
        Expect.That(Difference.Between(read, events.AddRange(more)) is null, $"Events: {Difference.Between(read, events.AddRange(more))}.");
        Expect.Equal(AuditChain.FindBreak(read, stored.Account!.AuditHead), null, "The first break of the chain");
    }

    public static async Task Events_of_another_chain_are_refused(StoreHarness harness)
    {
        var (_, events) = Sample.WithEvents(Sample.Numbered(new UserId("bob"), 1), "of bob");
        await Expect.ThrowsAsync(async () => await harness.Store.TrySaveAsync(Sample.Numbered(Sample.Alice, 1), 0, events), "A save with events of another user's chain");
        await A_user_of_whom_nothing_is_stored_has_version_0_and_no_account(harness);
        Expect.Equal((await harness.EventsOfAsync(new UserId("bob"))).Length, 0, "Events of bob");
    }

    public static async Task User_ids_are_compared_by_ordinal(StoreHarness harness)
    {
        string[] alike =
        [
            "alice", "Alice", "ALICE", "al\u00EDce", "ali\u0301ce", "al\u0131ce", "a lice", "a  lice", "a\u00A0lice",
            "stra\u00DFe", "strasse", "\uFF41lice", "\u00E9", "e\u0301", "1", "01", "1.0", "0x1",
        ];
        for (var i = 0; i < alike.Length; i++) await harness.Store.SavedAsync(Sample.Numbered(new UserId(alike[i]), i), 0);
        for (var i = 0; i < alike.Length; i++)
            Expect.Equal((await harness.Store.LoadAsync(new UserId(alike[i]))).Account?.Epoch, i, $"The account of '{alike[i]}'");
    }

    public static async Task A_stale_version_is_false_and_writes_nothing(StoreHarness harness)
    {
        var (first, firstEvents) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "first");
        var v1 = await harness.Store.SavedAsync(first, 0, firstEvents);
        var (second, secondEvents) = Sample.WithEvents(first with { Epoch = 2 }, "second");
        var v2 = await harness.Store.SavedAsync(second, v1.Version, secondEvents);
        var (stale, staleEvents) = Sample.WithEvents(second with { Epoch = 3 }, "stale");

        Expect.That(!await harness.Store.TrySaveAsync(stale, v1.Version, staleEvents), "A save over a version that has moved on must be false.");
        await ExpectUnchangedAsync(harness, v2.Version, 2, 2);
        Expect.That(!await harness.Store.TrySaveAsync(stale, v2.Version + 1, staleEvents), "A save over a version that never was must be false.");
        await ExpectUnchangedAsync(harness, v2.Version, 2, 2);
    }

    public static async Task A_first_write_over_an_account_that_exists_is_false(StoreHarness harness)
    {
        var v1 = await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, 1), 0);
        var (late, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 2), "late");
        Expect.That(!await harness.Store.TrySaveAsync(late, 0, events), "A first write over an account that exists must be false.");
        await ExpectUnchangedAsync(harness, v1.Version, 1, 0);
    }

    public static async Task A_later_write_of_an_account_that_does_not_exist_is_false(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 2), "lost");
        Expect.That(!await harness.Store.TrySaveAsync(account, 7, events), "A later write of an account that does not exist must be false.");
        await A_user_of_whom_nothing_is_stored_has_version_0_and_no_account(harness);
    }

    public static async Task Versions_rise_and_are_never_used_twice(StoreHarness harness)
    {
        var version = 0L;
        for (var i = 0; i < 50; i++)
        {
            var stored = await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, i), version);
            Expect.That(stored.Version > version, $"Write {i} left version {stored.Version} after {version}: versions must rise.");
            version = stored.Version;
        }
    }

    public static async Task Two_users_do_not_touch_each_other(StoreHarness harness)
    {
        var bob = new UserId("bob");
        var (a, aEvents) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "of alice");
        var (b, bEvents) = Sample.WithEvents(Sample.Numbered(bob, 2), "of bob", "of bob");
        var storedA = await harness.Store.SavedAsync(a, 0, aEvents);
        var storedB = await harness.Store.SavedAsync(b, 0, bEvents);
        await harness.Store.SavedAsync(b with { Epoch = 3 }, storedB.Version);
        await ExpectUnchangedAsync(harness, storedA.Version, 1, 1);
        Expect.Equal((await harness.EventsOfAsync(bob)).Length, 2, "Events of bob");
        var conflict = await harness.Store.TrySaveAsync(b, storedA.Version == storedB.Version ? storedA.Version + 9 : storedA.Version);
        Expect.That(!conflict, "The version of one user must not pass for another's.");
    }

    public static async Task Events_are_stored_whole_and_in_order_with_the_state(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "one", "two", "three");
        var stored = await harness.Store.SavedAsync(account, 0, events);
        var (next, more) = Sample.WithEvents(stored.Account!, "four", "five");
        stored = await harness.Store.SavedAsync(next, stored.Version, more);
        var read = await harness.EventsOfAsync(Sample.Alice);
        Expect.That(Difference.Between(read, events.AddRange(more)) is null, $"Events: {Difference.Between(read, events.AddRange(more))}.");
        Expect.Equal(AuditChain.FindBreak(read, stored.Account!.AuditHead), null, "The first break of the chain");
    }

    public static async Task A_write_without_events_is_a_write(StoreHarness harness)
    {
        var v1 = await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, 1), 0);
        await harness.Store.SavedAsync(Sample.Numbered(Sample.Alice, 2), v1.Version);
        Expect.Equal((await harness.Store.LoadAsync(Sample.Alice)).Account?.Epoch, 2, "The account");
    }

    public static async Task An_event_that_exists_already_fails_the_whole_write(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "one", "two");
        var v1 = await harness.Store.SavedAsync(account, 0, events);
        var (_, fresh) = Sample.WithEvents(account, "three");
        // The fault comes after the state and one event have been written.
        await Expect.ThrowsAsync(
            async () => await harness.Store.TrySaveAsync(account with { Epoch = 2 }, v1.Version, fresh.Add(events[1])), "A second event of one sequence number");
        await ExpectUnchangedAsync(harness, v1.Version, 1, 2);
        Expect.That(await harness.Store.TrySaveAsync(account with { Epoch = 3 }, v1.Version, fresh), "After a failed write the account must still be writable.");
    }

    public static async Task A_changed_removed_or_reordered_event_breaks_the_chain(StoreHarness harness)
    {
        var (account, events) = Sample.WithEvents(Sample.Numbered(Sample.Alice, 1), "one", "two", "three", "four");
        var head = (await harness.Store.SavedAsync(account, 0, events)).Account!.AuditHead;
        var read = await harness.EventsOfAsync(Sample.Alice);
        Expect.Equal(AuditChain.FindBreak(read, head), null, "The first break of the chain");
        Expect.Equal(AuditChain.FindBreak(read.SetItem(1, read[1] with { Actor = "mallory" }), head), 2, "The break after a change");
        Expect.Equal(AuditChain.FindBreak(read.RemoveAt(2), head), 3, "The break after a removal");
        Expect.Equal(AuditChain.FindBreak(read.RemoveAt(3), head), 4, "The break after the last was removed");
        Expect.Equal(AuditChain.FindBreak([read[0], read[2], read[1], read[3]], head), 2, "The break after a swap");
    }

    private static async Task ExpectUnchangedAsync(StoreHarness harness, long version, long epoch, int events)
    {
        var stored = await harness.Store.LoadAsync(Sample.Alice);
        Expect.Equal(stored.Version, version, "The version");
        Expect.Equal(stored.Account?.Epoch, epoch, "The account");
        Expect.Equal((await harness.EventsOfAsync(Sample.Alice)).Length, events, "The number of events");
    }
}
