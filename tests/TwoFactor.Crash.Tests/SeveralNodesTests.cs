using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Crash.Tests.Checking;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.Crash.Tests.Processes;
using TwoFactor.Crash.Tests.Recording;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;

namespace TwoFactor.Crash.Tests;

/// <summary>Three processes of one application on one PostgreSQL server, with 64 clients each: together they accept a code once and bear as many guesses as one.</summary>
[TestFixture]
[Category(Soak.Category)]
[Feature("X1")]
[Feature("X10")]
public sealed class SeveralNodesTests
{
    private const int Nodes = 3;
    private const int ClientsPerNode = 64;
    private const int Users = 16;
    private const int ClientsPerUserAndNode = ClientsPerNode / Users;

    // Of the default policy: the fifth wrong code locks.
    private const int Limit = 5;

    private readonly List<Node> _nodes = [];
    private CrashDatabase? _database;
    private People? _people;

    private static int Rounds => Soak.IsOn ? Math.Max(1, Soak.Repetitions / 2) : 4;

    private IReadOnlyList<Person> People => _people!.All;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await CrashDatabase.CreateAsync(Engine.PostgreSql);
        _people = new People(_database, Users);
        for (var i = 0; i < Nodes; i++) _nodes.Add(Node.Start(_database.SetUp()));
        await Task.WhenAll(_nodes.Select(node => node.OpenAsync(_database.SetUp())));
        await Task.WhenAll(People.Select((person, i) => EnrollAsync(person, _nodes[i % Nodes])));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await TestContext.Progress.WriteLineAsync($"PostgreSql, {Nodes} nodes with {ClientsPerNode} clients each: {_people?.Tally}");
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    [Test]
    [Attack(1)]
    [Attack(2)]
    public async Task A_code_that_many_clients_give_to_all_nodes_at_once_is_accepted_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var person in People) person.GoOn();
            // Half of the clients sign in, the others are in sessions.
            var begun = await Task.WhenAll(People.Select(person => OnAllNodesAsync(ClientsPerUserAndNode / 2, node => person.BeginSignInAsync(node))));
            var answers = await Task.WhenAll(People.Select((person, i) => SubmitAsync(person, begun[i])));
            foreach (var ofOne in answers)
            {
                Assert.That(ofOne.Count(answer => answer is "SignedIn" or "Proved"), Is.EqualTo(1));
                Assert.That(ofOne.Count(answer => answer is "Replayed"), Is.EqualTo(Nodes * ClientsPerUserAndNode - 1), string.Join(' ', ofOne));
            }
        }

        await ExpectCompleteAsync();
        await TestContext.Out.WriteLineAsync($"codes raced for: {Rounds * Users}");
    }

    [Test]
    [Attack(10)]
    [Attack(16)]
    public async Task Guesses_at_all_nodes_at_once_are_answered_as_often_as_the_limit_allows()
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var person in People) person.GoOn();
            var answers = await Task.WhenAll(People.Select(person => OnAllNodesAsync(ClientsPerUserAndNode, node => person.StepUpAsync(node, new SubmittedCode.Guessed()))));
            foreach (var ofOne in answers)
            {
                string[] left = [.. ofOne.Where(answer => answer.Kind == "Wrong").Select(answer => answer.Values[0]).Order()];
                Assert.That(left, Is.EqualTo(["1", "2", "3", "4"]), "Each wrong answer but the last tells how many are left.");
                var locked = ofOne.Where(answer => answer.Kind == "LockedOut").ToArray();
                Assert.That(locked, Has.Length.EqualTo(Nodes * ClientsPerUserAndNode - (Limit - 1)), "The fifth locks, and whoever comes after it is locked out.");
                Assert.That(locked.Select(answer => answer.Values[0]).Distinct().ToArray(), Has.Length.EqualTo(1), "There is one lock.");
            }

            var right = await Task.WhenAll(People.Select(person => OnAllNodesAsync(1, node => person.StepUpAsync(node, person.CodeOf(person.Enrollment!)))));
            Assert.That(right.SelectMany(ofOne => ofOne).Select(answer => answer.Kind), Is.All.EqualTo("LockedOut"), "The right code gains nothing on any node.");
            foreach (var (person, ofOne) in People.Zip(answers)) person.SitOut(ofOne.First(answer => answer.Kind == "LockedOut"));
            var later = await Task.WhenAll(People.Select(person => person.StepUpAsync(_nodes[round % Nodes], person.CodeOf(person.Enrollment!))));
            Assert.That(later.Select(answer => answer?.Kind), Is.All.EqualTo("Proved"), "The count starts anew.");
        }

        await ExpectCompleteAsync();
        await ExpectLimitAsync();
        await TestContext.Out.WriteLineAsync($"limits raced for: {Rounds * Users}");
    }

    [Test]
    public async Task Nodes_that_keep_a_copy_of_the_account_each_accept_the_code_and_are_found()
    {
        await using var database = await CrashDatabase.CreateAsync(Engine.Sqlite);
        var people = new People(database, 1);
        await using (var sound = new LocalNode(database.SetUp())) await EnrollAsync(people.All[0], sound);
        LocalNode[] nodes = [.. Enumerable.Range(0, Nodes).Select(_ => new LocalNode(database.SetUp(defect: Defect.AnswersBeforeSaving)))];
        people.All[0].GoOn();
        foreach (var node in nodes)
        {
            await people.All[0].StepUpAsync(node, people.All[0].CodeOf(people.All[0].Enrollment!));
            await node.DisposeAsync();
        }

        Assert.That(await people.CheckAsync(), Has.Some.Contains("Acknowledged twice").And.Contains("3 times"));
    }

    private async Task<string[]> SubmitAsync(Person person, Answer[] begun)
    {
        var code = person.CodeOf(person.Enrollment!);
        var signIns = begun.Select((answer, i) => person.SignInAsync(_nodes[i % Nodes], answer.Values[0], code));
        var answers = await Task.WhenAll([.. signIns, .. Each(ClientsPerUserAndNode / 2, node => person.StepUpAsync(node, code))]);
        return [.. answers.Select(answer => answer!.Kind)];
    }

    private async Task<Answer[]> OnAllNodesAsync(int times, Func<Node, Task<Answer?>> ask) => [.. (await Task.WhenAll(Each(times, ask))).Select(answer => answer!)];

    private IEnumerable<Task<Answer?>> Each(int times, Func<Node, Task<Answer?>> ask) => Enumerable.Range(0, times * Nodes).Select(i => ask(_nodes[i % Nodes]));

    private static async Task EnrollAsync(Person person, INode node)
    {
        var begun = await person.BeginEnrollmentAsync(node);
        var confirmed = await person.ConfirmAsync(node, person.CodeOf(begun!.Values[0]));
        Assert.That(confirmed!.Kind, Is.EqualTo("Confirmed"));
    }

    /// <summary>Nobody died, so each attempt was answered and each answer has its events; nothing else is there.</summary>
    private async Task ExpectCompleteAsync()
    {
        Assert.That(People.SelectMany(person => person.Attempts).Where(attempt => attempt.Answer is null), Is.Empty);
        Assert.That(await _people!.CheckAsync(), Is.Empty);
    }

    private async Task ExpectLimitAsync()
    {
        var store = _database!.Open();
        foreach (var person in People)
        {
            var events = await store.EventsOfAsync(new UserId(person.Name));
            var rejected = events.Where(e => e.Name == AuditNames.CodeRejected).GroupBy(e => e.OccurredAt).ToArray();
            Assert.That(rejected.Select(round => round.Count()), Is.All.EqualTo(Limit));
            Assert.That(rejected, Has.Length.EqualTo(Rounds));
            Assert.That(Trail.Of(events).Locks, Has.Count.EqualTo(Rounds));
        }
    }
}
