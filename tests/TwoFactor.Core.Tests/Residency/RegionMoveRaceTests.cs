using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Residency;

/// <summary>Moves beside sign-ins, other moves and cancellations, on real threads.</summary>
[TestFixture]
[Feature("C10")]
public sealed class RegionMoveRaceTests
{
    private const int Rounds = 40;
    private static readonly RegionId Eu = RegionWorld.Eu;
    private static readonly RegionId Us = RegionWorld.Us;
    private static readonly UserId Ada = new("ada");

    [Test]
    public async Task One_code_typed_in_all_regions_during_a_move_is_accepted_at_most_once()
    {
        using var world = await WorldAsync();
        var ada = await world.Node.EnrollAsync(Ada);
        RegionNode[] nodes = [world.Node, world.StartStale(Eu), world.StartStale(Us)];
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var to = round % 2 == 0 ? Us : Eu;
            var move = Task.Run(() => world.Start().MoveAsync(Ada, to));
            var signIns = nodes.SelectMany(node => Enumerable.Range(0, 3).Select(_ => Task.Run(() => node.TrySignInAsync(ada)))).ToArray();
            var successes = (await Task.WhenAll(signIns)).Count(yes => yes);
            Assert.That(successes, Is.LessThanOrEqualTo(1), $"round {round}");
            Assert.That(await move, Is.TypeOf<RegionMoveResult.Moved>());
            await world.AssertOnlyInAsync(to, Ada);
            accepted += successes + (successes == 0 && await world.Node.TrySignInAsync(ada) ? 1 : 0);
            world.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.That(accepted, Is.EqualTo(Rounds), "each code was good once, during the move or after it");
    }

    [Test]
    public async Task A_move_that_only_copies_would_accept_a_code_twice()
    {
        // The negative control: without standstill and marker, two nodes of different minds both find an account.
        using var world = await WorldAsync();
        var ada = await world.Node.EnrollAsync(Ada);
        var account = await world.AccountAsync(Eu, Ada);
        await world.Stores[Us].Memory.TrySaveAsync(account with { Region = Us }, 0, world.Stores[Eu].Log.EventsOf(AuditChainId.Of(Ada)), CancellationToken.None);

        RegionNode[] nodes = [world.StartStale(Eu), world.StartStale(Us)];
        Assert.That((await Task.WhenAll(nodes.Select(node => node.TrySignInAsync(ada)))).Count(yes => yes), Is.EqualTo(2));
    }

    [Test]
    public async Task Of_two_moves_to_the_same_region_both_succeed_and_one_is_recorded()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var world = await WorldAsync();
            await world.Node.BeginAsync(Ada);
            var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => world.Start().MoveAsync(Ada, Us))));
            Assert.That(results, Has.All.TypeOf<RegionMoveResult.Moved>().Or.TypeOf<RegionMoveResult.AlreadyThere>());
            await world.AssertOnlyInAsync(Us, Ada);
            var names = world.Stores[Us].Log.EventsOf(AuditChainId.Of(Ada)).Select(e => e.Name).ToArray();
            Assert.That(names.Count(name => name == AuditNames.RegionMoveStarted), Is.EqualTo(1));
            Assert.That(names.Count(name => name == AuditNames.RegionMoveCompleted), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_move_and_its_cancellation_at_once_end_in_one_region_whole()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var world = await WorldAsync();
            await world.Node.BeginAsync(Ada);
            var move = Task.Run(() => world.Start().MoveAsync(Ada, Us));
            var cancel = Task.Run(() => world.Start().CancelAsync(Ada));
            var results = await Task.WhenAll(move, cancel);
            if (results[1] is RegionMoveResult.TooLate) Assert.That(results[0], Is.TypeOf<RegionMoveResult.Moved>());
            var there = results[0] is RegionMoveResult.Moved ? Us : Eu;
            await world.AssertOnlyInAsync(there, Ada);
            Assert.That(world.Book[Ada], Is.EqualTo(there));
        }
    }

    private static Task<RegionWorld> WorldAsync()
    {
        var world = new RegionWorld();
        world.Book.Put(Ada, Eu);
        return Task.FromResult(world);
    }
}
