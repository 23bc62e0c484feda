using NUnit.Framework;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
[Feature("X1")]
public sealed class CancellationTests
{
    [Test]
    public async Task A_save_that_waits_for_its_turn_can_be_cancelled()
    {
        using var database = await TemporaryDatabase.WithSchemaAsync();
        var store = database.CreateStore();
        using var cancellation = new CancellationTokenSource();
        var turn = await store.Binding.Database.EnterWriteAsync(CancellationToken.None);

        var waiting = store.WriteAsync(1, cancellation.Token);
        Assert.That(waiting.IsCompleted, Is.False, "It waits.");
        await cancellation.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => waiting);

        turn.Dispose();
        Assert.That(await store.EpochAsync(), Is.Zero);
        Assert.That(await store.WriteAsync(2), Is.True, "The turn was not lost.");
    }

    [TestCase(Engine.Sqlite, "CONNECT")]
    [TestCase(Engine.Sqlite, "BEGIN")]
    [TestCase(Engine.Sqlite, "INSERT")]
    [TestCase(Engine.Sqlite, "COMMIT", true)]
    [TestCase(Engine.Sqlite, "COMMITTED", true)]
    [TestCase(Engine.PostgreSql, "CONNECT")]
    [TestCase(Engine.PostgreSql, "WRITTEN", true)]
    public async Task Cancelled_before_the_commit_nothing_is_written_and_from_then_on_the_outcome_is_told(Engine engine, string step, bool written = false)
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        using var cancellation = new CancellationTokenSource();
        var plan = new FaultPlan();
        var store = database.CreateStore(plan);
        var (account, events) = Rows.Next(null, 1);
        plan.Before = name =>
        {
            if (name == step) cancellation.Cancel();
        };

        var saving = store.TrySaveAsync(account, 0, events, cancellation.Token).AsTask();

        plan.Before = _ => { };
        if (written) Assert.That(await saving, Is.True);
        else await Assert.CatchAsync<OperationCanceledException>(() => saving);
        Assert.That(await store.EpochAsync(), Is.EqualTo(written ? 1 : 0));
    }
}
