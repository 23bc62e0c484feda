using NUnit.Framework;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.Testing;

namespace TwoFactor.Crash.Tests;

/// <summary>Workers with a defect, which the kills must find. Nothing but a death shows these.</summary>
[TestFixture]
[Feature("X1")]
public sealed class NegativeControlTests
{
    private const int Tries = 5;

    [Test]
    public async Task A_worker_that_answers_before_it_saves_is_found() =>
        Assert.That(await FirstFindAsync(null, Defect.AnswersBeforeSaving), Has.Some.Contains("Acknowledged, and lost"));

    [Test]
    public async Task A_worker_that_writes_the_events_in_another_transaction_is_found() =>
        Assert.That(await FirstFindAsync(new KillPoint("COMMITTED", 10), Defect.WritesEventsApart), Has.Some.Contains("The chain is broken"));

    /// <summary>Nothing is wrong with what they leave while they live: the check is clean before the first of them dies.</summary>
    private static async Task<IReadOnlyList<string>> FirstFindAsync(KillPoint? point, Defect defect)
    {
        await using var warmUp = await CrashDatabase.CreateAsync(Engine.Sqlite);
        await using var database = await CrashDatabase.CreateAsync(Engine.Sqlite);
        await using var run = new KillRun(warmUp, database);
        Assert.That(await run.KillAsync(), Is.Empty, "Without the defect nothing is wrong.");
        for (var i = 0; i < Tries; i++)
            if (await run.KillAsync(point, defect) is { Count: > 0 } found) return found;
        return [];
    }
}
