using System.Data.Common;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Saves that wait for their turn are written in one transaction, and each is answered as if it had been alone.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class GroupedWritesTests(Engine engine)
{
    private static readonly UserId Alice = new("alice"), Bob = new("bob"), Carol = new("carol");

    // The steps at which a transaction begins, and is about to be and has been committed; on PostgreSQL it is one batch.
    private readonly (string Begin, string Commit, string Committed) _steps = engine == Engine.Sqlite ? ("BEGIN", "COMMIT", "COMMITTED") : ("WITH", "WITH", "WRITTEN");

    private TestDatabase _database = null!;
    private FaultPlan _plan = null!;
    private EntityFrameworkAccountStore _store = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.WithSchemaAsync(engine);
        _plan = new FaultPlan();
        _store = _database.CreateStore(_plan);
        Assert.That(await _store.LoadAsync(Alice, CancellationToken.None), Is.EqualTo(default(Storage.StoredAccount)));
        _plan.Arm(0);
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Those_that_wait_are_one_transaction_in_which_a_lost_race_harms_nobody()
    {
        Assert.That(await SaveAsync(Carol, 1), Is.True);
        _plan.Arm(0);
        var answers = await TogetherAsync(() => SaveAsync(Alice, 2), () => SaveAsync(Bob, 3), () => SaveAsync(Alice, 4), () => SaveAsync(Carol, 5), () => SaveAsync(Bob, 6, version: 99));
        Assert.That(answers, Is.EqualTo(new[] { true, true, false, false, false }), "The first save of a user wins; a user who was there, and another version, lose.");
        Assert.That((await EpochAsync(Alice), await EpochAsync(Bob), await EpochAsync(Carol)), Is.EqualTo((2, 3, 1)));
        Assert.That((_plan.Steps.Count(step => step == _steps.Begin), _plan.Steps.Count(step => step == _steps.Committed)), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task One_that_the_database_refuses_fails_alone()
    {
        _database.Execute(engine == Engine.Sqlite
            ? "CREATE TRIGGER refuse BEFORE INSERT ON two_factor_audit_events WHEN new.subject = 'bob' BEGIN SELECT RAISE(ABORT, 'refused'); END"
            : "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END';"
                + " CREATE TRIGGER refuse BEFORE INSERT ON two_factor_audit_events FOR EACH ROW WHEN (new.subject = 'bob') EXECUTE FUNCTION refuse()");
        var bob = Task.FromResult(false);
        var answers = await TogetherAsync(() => SaveAsync(Alice, 1), () => Quiet(bob = SaveAsync(Bob, 1)), () => SaveAsync(Carol, 1));
        Assert.That(answers, Is.EqualTo(new[] { true, false, true }));
        var fault = await Assert.CatchAsync<DbException>(() => bob);
        Assert.That(fault!.Message, Does.Contain("refused"));
        Assert.That((await EpochAsync(Alice), await EpochAsync(Bob), await EpochAsync(Carol)), Is.EqualTo((1, 0, 1)));
        Assert.That(_plan.Steps.Count(step => step == _steps.Begin), Is.EqualTo(4), "Once together, which came to nothing, and each alone.");
    }

    [TestCase("CONNECT", 0)]
    [TestCase("begin", 0)]
    [TestCase("commit", 0)]
    [TestCase("committed", 1)]
    public async Task A_commit_that_fails_or_is_not_reached_is_a_fault_for_each_and_a_success_for_none(string moment, int epoch)
    {
        var step = moment switch
        {
            "begin" => _steps.Begin,
            "commit" => _steps.Commit,
            "committed" => _steps.Committed,
            _ => moment,
        };
        _plan.Before = name =>
        {
            if (name == step) throw new InjectedFaultException(name);
        };
        Task<bool>[] saves = [];
        using (new HeldTurns(_plan)) saves = [SaveAsync(Alice, 1), SaveAsync(Bob, 1), SaveAsync(Carol, 1)];
        foreach (var save in saves) await Assert.ThrowsAsync<InjectedFaultException>(() => save);
        Assert.That(_plan.Steps.Count(name => name == step), Is.EqualTo(1), "Nobody tries again what may have been written.");
        _plan.Before = _ => { };
        Assert.That((await EpochAsync(Alice), await EpochAsync(Bob), await EpochAsync(Carol)), Is.EqualTo((epoch, epoch, epoch)));
        Assert.That(await SaveAsync(new UserId("dave"), 2), Is.True, "The store works on.");
    }

    [Test]
    public async Task When_no_turn_comes_nobody_is_left_waiting()
    {
        _plan.TurnFails = true;
        var (one, other) = (SaveAsync(Alice, 1), SaveAsync(Bob, 1));
        foreach (var save in new[] { one, other }) await Assert.ThrowsAsync<InjectedFaultException>(() => save.WaitAsync(TimeSpan.FromSeconds(30)));
        _plan.TurnFails = false;
        Assert.That(await SaveAsync(Carol, 1), Is.True, "The store works on.");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task One_that_is_cancelled_while_it_waits_is_left_out_and_harms_nobody(int which)
    {
        using var cancellation = new CancellationTokenSource();
        CancellationToken TokenOf(int i) => i == which ? cancellation.Token : CancellationToken.None;
        Task<bool>[] saves = [];
        using (new HeldTurns(_plan))
        {
            saves = [SaveAsync(Alice, 1, TokenOf(0)), SaveAsync(Bob, 1, TokenOf(1)), SaveAsync(Carol, 1, TokenOf(2))];
            await cancellation.CancelAsync();
            await Assert.CatchAsync<OperationCanceledException>(() => saves[which], "It need not wait for the others.");
        }

        var epochs = new List<int>();
        for (var i = 0; i < saves.Length; i++)
        {
            if (i != which) Assert.That(await saves[i], Is.True);
            epochs.Add(await EpochAsync(((UserId[])[Alice, Bob, Carol])[i]));
        }

        Assert.That(epochs, Is.EqualTo(Enumerable.Range(0, 3).Select(i => i == which ? 0 : 1)));
    }

    [Test]
    public async Task One_that_is_cancelled_once_it_is_being_written_is_told_what_became_of_it()
    {
        using var cancellation = new CancellationTokenSource();
        _plan.Before = step =>
        {
            if (step == _steps.Commit) cancellation.Cancel();
        };
        Assert.That(await TogetherAsync(() => SaveAsync(Alice, 1, cancellation.Token), () => SaveAsync(Bob, 1)), Is.EqualTo(new[] { true, true }));
        Assert.That(cancellation.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task A_transaction_takes_64_and_whoever_comes_later_is_in_the_next()
    {
        var answers = await TogetherAsync([.. Enumerable.Range(0, 130).Select(i => (Func<Task<bool>>)(() => SaveAsync(new UserId($"user-{i}"), i + 1)))]);
        Assert.That(answers, Is.All.True);
        Assert.That(_plan.Steps.Count(step => step == _steps.Committed), Is.EqualTo(3));
        for (var i = 0; i < answers.Length; i++) Assert.That(await EpochAsync(new UserId($"user-{i}")), Is.EqualTo(i + 1));
    }

    /// <summary>Lets saves wait for the turn, in this order, and then have it.</summary>
    private async Task<bool[]> TogetherAsync(params Func<Task<bool>>[] saves)
    {
        Task<bool>[] started;
        using (new HeldTurns(_plan))
        {
            started = [.. saves.Select(save => save())];
            Assert.That(started.Any(save => save.IsCompleted), Is.False, "They wait.");
        }

        return await Task.WhenAll(started);
    }

    private Task<bool> SaveAsync(UserId user, int epoch, CancellationToken cancellationToken = default) => SaveAsync(user, epoch, 0, cancellationToken);

    private Task<bool> SaveAsync(UserId user, int epoch, long version, CancellationToken cancellationToken = default)
    {
        var (account, events) = Rows.Next(Account.NewFor(user), epoch);
        return _store.TrySaveAsync(account, version, events, cancellationToken).AsTask();
    }

    private static async Task<bool> Quiet(Task<bool> save)
    {
        await ((Task)save).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return save.IsCompletedSuccessfully && await save;
    }

    private async Task<int> EpochAsync(UserId user) => (int)((await _store.LoadAsync(user, CancellationToken.None)).Account?.Epoch ?? 0);
}
