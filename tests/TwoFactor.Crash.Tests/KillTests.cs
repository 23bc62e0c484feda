using System.Security.Cryptography;
using NUnit.Framework;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;

namespace TwoFactor.Crash.Tests;

/// <summary>
/// Workers are killed as by <c>kill -9</c> while eight people sign in, trust browsers, guess, set up, replace and remove: no acknowledged success recurs, no acknowledged
/// failure is lost, the authenticator and the ten backup codes are the old or the new ones, and state and trail agree. Both engines at a time:
/// each waits for its own disk and its own processes.
/// </summary>
[TestFixture]
[Parallelizable]
[Category(Soak.Category)]
[Feature("X1")]
[Feature("X10")]
[Attack(1)]
[Attack(7)]
[Attack(8)]
[Attack(19)]
public abstract class KillTests
{
    // A history is read from its beginning at each check: a database of so many kills is begun anew.
    private const int KillsPerDatabase = 13;
    private const int LatestPassage = 40;

    private CrashDatabase? _warmUp;
    private Tally _tally;
    private int _kills;
    private int _violations;

    private static int KillsPerTest => Soak.IsOn ? 5 * Soak.Repetitions / 2 : 26;

    /// <summary>On which the workers keep accounts.</summary>
    protected abstract Engine Engine { get; }

    /// <summary>The steps of the store.</summary>
    protected abstract IReadOnlyList<(string Step, bool During)> Points { get; }

    [OneTimeSetUp]
    public async Task CreateAsync() => _warmUp = await CrashDatabase.CreateAsync(Engine);

    [OneTimeTearDown]
    public async Task ReportAsync()
    {
        if (_warmUp is not null) await _warmUp.DisposeAsync();
        await TestContext.Progress.WriteLineAsync($"{Engine}: {_kills} kills survived, {_tally}, {_violations} violations");
    }

    [Test]
    public Task A_process_killed_at_a_random_moment_leaves_what_was_acknowledged() => SurviveAsync(Enumerable.Repeat<KillPoint?>(null, KillsPerTest));

    [Test]
    public Task A_process_killed_at_a_step_of_the_store_leaves_what_was_acknowledged() => SurviveAsync(Enumerable.Range(0, KillsPerTest).Select(i =>
    {
        var (step, during) = Points[i % Points.Count];
        return new KillPoint(step, RandomNumberGenerator.GetInt32(1, LatestPassage + 1), during);
    }));

    private async Task SurviveAsync(IEnumerable<KillPoint?> kills)
    {
        var (tally, survived) = (default(Tally), 0);
        foreach (var some in kills.Chunk(KillsPerDatabase))
        {
            await using var database = await CrashDatabase.CreateAsync(Engine);
            await using var run = new KillRun(_warmUp!, database);
            foreach (var point in some)
            {
                var wrong = await run.KillAsync(point);
                _violations += wrong.Count;
                Assert.That(wrong, Is.Empty, $"Killed {point?.ToString() ?? "at a random moment"}.");
                survived++;
            }

            tally += run.People.Tally;
        }

        (_tally, _kills) = (_tally + tally, _kills + survived);
        await TestContext.Out.WriteLineAsync($"kills survived: {survived}");
        tally.Report(TestContext.Out);
    }
}
