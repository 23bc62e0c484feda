using System.Security.Cryptography;
using NUnit.Framework;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.Crash.Tests.Processes;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;

namespace TwoFactor.Crash.Tests;

/// <summary>All processes of the server are stopped at once, and it recovers from its log, while a worker is under load that lives on and uses it again.</summary>
[TestFixture]
[Category(Soak.Category)]
[Feature("X1")]
[Feature("X10")]
[Attack(1)]
[Attack(7)]
[Attack(8)]
public sealed class PostgreSqlStopTests
{
    private const int Users = 16;
    private const int StopsPerDatabase = 4;
    private const int MostAnswers = 200;

    // As many as a pool holds.
    private const int Connections = 20;

    private static int Databases => Soak.IsOn ? Math.Max(1, Soak.Repetitions / 8) : 1;

    [Test]
    public async Task A_server_stopped_under_load_keeps_what_was_acknowledged()
    {
        var (tally, stops) = (default(Tally), 0);
        for (var i = 0; i < Databases; i++)
        {
            await using var database = await PostgreSqlServer.NewDatabaseAsync();
            await database.CreateTablesAsync();
            await using var node = Node.Start(database.SetUp());
            await node.OpenAsync(database.SetUp());
            var people = new People(database, Users);
            for (var stop = 0; stop < StopsPerDatabase; stop++, stops++)
            {
                var moment = node.AnswersAsync(RandomNumberGenerator.GetInt32(1, MostAnswers));
                var lives = people.LiveAsync(node);
                await Task.WhenAny(moment, lives);
                await database.StopAtOnceAsync();
                await lives;
                Assert.That(node.Death.IsCompleted, Is.False, "A fault of the database is no fault of the worker.");
                await database.StartAgainAsync();
                await LoseDeadConnectionsAsync(node);
                Assert.That(await people.CheckAsync(), Is.Empty);
            }

            tally += people.Tally;
        }

        await TestContext.Out.WriteLineAsync($"stops survived: {stops}");
        tally.Report(TestContext.Out);
        await TestContext.Progress.WriteLineAsync($"PostgreSql: {stops} immediate stops survived, {tally}, 0 violations");
    }

    // The worker's pool finds out that its connections are gone as it uses them, and would end the lives of those who come first.
    private static async Task LoseDeadConnectionsAsync(Node node)
    {
        Answer?[] answers;
        do answers = await Task.WhenAll(Enumerable.Range(1, Connections).Select(i => node.AskAsync(new Order(-i, Verb.StepUp, "nobody", DateTimeOffset.UnixEpoch, ["Totp", "000000"]))));
        while (answers.Any(answer => answer?.Kind == Answer.Fault));
    }
}
