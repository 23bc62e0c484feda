using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.StoreConformance.Histories;

namespace TwoFactor.StoreConformance.Tests.Histories;

/// <summary>The checker of histories, against the definition and against histories made by hand.</summary>
[Feature("X1")]
public sealed class HistoryCheckerTests
{
    [Test]
    public void It_finds_what_the_definition_finds()
    {
        var (right, wrong) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000), Prop.ForAll(Arb.From(RandomHistories.Any), history =>
        {
            // What nobody has written, or one version with two states, is no question of order.
            if (KnownFaults(history)) return true;
            var expected = BruteForce.IsLinearizable(history);
            _ = expected ? right++ : wrong++;
            var found = HistoryChecker.FindViolation(history);
            Assert.That(found is null, Is.EqualTo(expected), $"{string.Join("\n", history.Select(o => o.ToString()))}\n{found}");
            return true;
        }));
        TestContext.Out.WriteLine($"{right} histories with an order, {wrong} without");
        Assert.That(Math.Min(right, wrong), Is.GreaterThan(300), "Both kinds are tried.");
    }

    [Test]
    public void Overlapping_calls_may_have_happened_in_either_order()
    {
        AssertRight(Saved(1, 4, 0, 1), Load(2, 3, 0, 0), Load(5, 6, 7, 1));
        AssertRight(Saved(1, 4, 0, 1), Load(2, 3, 7, 1));
        AssertRight(Saved(1, 6, 0, 1), Conflict(2, 5, 0, 2), Load(3, 4, 7, 1));
    }

    [Test]
    public void A_load_of_what_was_replaced_before_it_began_is_stale() =>
        AssertWrong("no moment", Saved(1, 2, 0, 1), Load(3, 4, 7, 1), Saved(5, 6, 7, 2), Load(7, 8, 8, 2), Load(9, 10, 7, 1));

    [Test]
    public void A_load_after_an_acknowledged_save_that_shows_nothing_is_stale() => AssertWrong("no moment", Saved(1, 2, 0, 1), Load(3, 4, 0, 0));

    [Test]
    public void A_load_of_what_is_written_later_only_is_impossible() => AssertWrong("no moment", Load(1, 2, 7, 1), Saved(3, 4, 0, 1));

    [Test]
    public void Two_saves_over_one_version_are_a_lost_update() => AssertWrong("is lost", Saved(1, 2, 0, 1), Saved(3, 4, 0, 2));

    [Test]
    public void Versions_that_do_not_rise_are_used_again() =>
        AssertWrong("must rise", Saved(1, 2, 0, 1), Load(3, 4, 7, 1), Saved(5, 6, 7, 2), Load(7, 8, 6, 2));

    [Test]
    public void One_version_with_two_states_is_torn() =>
        AssertWrong("is one state", Saved(1, 2, 0, 1), Load(3, 4, 7, 1), Saved(5, 6, 7, 2), Load(7, 8, 7, 2));

    [Test]
    public void A_save_over_a_version_that_nobody_left_is_wrong() => AssertWrong("no write in line", Saved(1, 2, 0, 1), Saved(3, 4, 9, 2));

    [Test]
    public void A_conflict_without_a_rival_is_a_fault_that_was_swallowed()
    {
        AssertWrong("nothing had been written", Conflict(1, 2, 0, 1));
        AssertWrong("no moment", Saved(1, 2, 0, 1), Load(3, 4, 7, 1), Conflict(5, 6, 7, 2));
    }

    [Test]
    public void A_save_of_unknown_outcome_may_have_happened_or_not_but_not_both()
    {
        AssertRight(Unknown(1, 0, 1), Load(2, 3, 0, 0));
        AssertRight(Unknown(1, 0, 1), Load(2, 3, 0, 0), Load(4, 5, 7, 1));
        AssertRight(Unknown(1, 0, 1), Conflict(2, 3, 0, 2));
        AssertWrong("no moment", Unknown(1, 0, 1), Load(2, 3, 7, 1), Load(4, 5, 0, 0));
    }

    [Test]
    public void What_was_cancelled_or_lost_must_not_be_seen()
    {
        AssertWrong("Cancelled", new SaveOperation(1, 2, 0, 1, SaveOutcome.Cancelled), Load(3, 4, 7, 1));
        AssertWrong("Conflict", Saved(1, 2, 0, 1), Conflict(3, 4, 0, 2), Load(5, 6, 8, 2));
        AssertWrong("nobody has written", Load(1, 2, 7, 9));
    }

    [Test]
    public void A_history_that_names_two_saves_alike_cannot_be_judged() =>
        Assert.That(() => HistoryChecker.FindViolation([Saved(1, 2, 0, 1), Saved(3, 4, 0, 1)]), Throws.ArgumentException);

    [Test]
    public void Ten_thousand_operations_are_judged_at_once()
    {
        var history = new List<StoreOperation>();
        for (var i = 1; i <= 5000; i++)
        {
            history.Add(Saved((4 * i) - 3, (4 * i) - 1, i - 1, i));
            history.Add(Load((4 * i) - 2, 4 * i, i, i));
        }

        Assert.That(HistoryChecker.FindViolation(history), Is.Null);
    }

    private static bool KnownFaults(StoreOperation[] history)
    {
        var saves = history.OfType<SaveOperation>().ToDictionary(save => save.Mark);
        var loads = history.OfType<LoadOperation>().ToArray();
        return loads.Any(load => load.Mark != 0 && (!saves.TryGetValue(load.Mark, out var save) || save.Outcome is SaveOutcome.Conflict or SaveOutcome.Cancelled))
            || loads.Any(load => load.Mark == 0 != (load.Version == 0))
            || loads.GroupBy(load => load.Version).Any(same => same.Select(load => load.Mark).Distinct().Count() > 1);
    }

    private static void AssertRight(params StoreOperation[] history) => Assert.That(HistoryChecker.FindViolation(history), Is.Null);

    private static void AssertWrong(string why, params StoreOperation[] history) => Assert.That(HistoryChecker.FindViolation(history), Does.Contain(why));

    private static SaveOperation Saved(long invoked, long returned, long expected, long mark) => new(invoked, returned, expected, mark, SaveOutcome.Saved);

    private static SaveOperation Conflict(long invoked, long returned, long expected, long mark) => new(invoked, returned, expected, mark, SaveOutcome.Conflict);

    private static SaveOperation Unknown(long invoked, long expected, long mark) => new(invoked, long.MaxValue, expected, mark, SaveOutcome.Unknown);

    private static LoadOperation Load(long invoked, long returned, long version, long mark) => new(invoked, returned, version, mark);
}
