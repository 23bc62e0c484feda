using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Residency;

/// <summary>The process that moves dies before or after every single call to a store or the directory. Whatever comes then, one region accepts.</summary>
[TestFixture]
[Feature("C10")]
public sealed class RegionMoveCrashTests
{
    private static readonly RegionId Eu = RegionWorld.Eu;
    private static readonly RegionId Us = RegionWorld.Us;
    private static readonly UserId Ada = new("ada");

    [Test]
    public async Task Killed_at_any_call_and_continued_the_move_ends_as_if_nothing_had_happened([Values] bool after)
    {
        var crashes = 0;
        for (var call = 0; await CrashAsync(call, after, ContinueAsync); call++) crashes++;
        Assert.That(crashes, Is.GreaterThan(20));
    }

    [Test]
    public async Task Killed_at_any_call_and_cancelled_the_account_is_where_it_was_or_it_is_too_late([Values] bool after)
    {
        var crashes = 0;
        for (var call = 0; await CrashAsync(call, after, CancelAsync); call++) crashes++;
        Assert.That(crashes, Is.GreaterThan(20));
    }

    [Test]
    public async Task Killed_at_any_call_of_the_continuation_and_of_the_cancellation_it_still_ends_well([Values] bool after)
    {
        // A second crash, in the call that picks up the pieces.
        for (var first = 6; first < 26; first += 3)
        {
            for (var second = 0; second < 24; second += 2)
            {
                var again = second;
                if (!await CrashAsync(first, after, async (world, ada) =>
                {
                    await DyingAsync(world, again, after, node => second % 4 == 0 ? node.MoveAsync(Ada, Us) : node.CancelAsync(Ada));
                    await AcceptedAtMostOnceAsync(world, ada);
                    if ((await world.RowAsync(Eu, Ada)).Account?.Relocation is null) await CancelAsync(world, ada);
                    else await ContinueAsync(world, ada);
                })) Assert.Fail($"call {first} was not reached");
            }
        }
    }

    /// <summary>False when the move has fewer calls than that.</summary>
    private static async Task<bool> CrashAsync(int call, bool after, Func<RegionWorld, Person, Task> then)
    {
        using var world = new RegionWorld();
        world.Book.Put(Ada, Eu);
        var ada = await world.Node.EnrollAsync(Ada);
        Assert.That(await world.Node.TrySignInAsync(ada), Is.True);
        var spent = world.Clock.Now;

        if (!await DyingAsync(world, call, after, node => node.MoveAsync(Ada, Us))) return false;

        // The code from before the move is dead everywhere; another is good in at most one region.
        Assert.That(world.Clock.Now, Is.EqualTo(spent));
        foreach (var node in NodesOf(world)) Assert.That(await node.TrySignInAsync(ada), Is.False, $"a spent code, call {call}");
        await AcceptedAtMostOnceAsync(world, ada);
        await then(world, ada);
        return true;
    }

    private static async Task<bool> DyingAsync(RegionWorld world, int call, bool after, Func<RegionNode, Task<RegionMoveResult>> run)
    {
        world.Plan.DieAt(call, after);
        try
        {
            await run(world.Start());
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
        finally
        {
            world.Plan.Disarm();
        }
    }

    private static async Task AcceptedAtMostOnceAsync(RegionWorld world, Person ada)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        var accepted = 0;
        foreach (var node in NodesOf(world)) accepted += await node.TrySignInAsync(ada) ? 1 : 0;
        Assert.That(accepted, Is.LessThanOrEqualTo(1));
    }

    /// <summary>One that asks the directory, and two whose directory has gone stale, or wrong.</summary>
    private static RegionNode[] NodesOf(RegionWorld world) => [world.Start(), world.StartStale(Eu), world.StartStale(Us)];

    private static async Task ContinueAsync(RegionWorld world, Person ada)
    {
        Assert.That(await world.Start().MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.Moved(Eu, Us)).Or.EqualTo(new RegionMoveResult.AlreadyThere(Us)));
        await AcceptedInAsync(world, ada, Us);
    }

    private static async Task CancelAsync(RegionWorld world, Person ada)
    {
        var node = world.Start();
        switch (await node.CancelAsync(Ada))
        {
            case RegionMoveResult.TooLate:
                await ContinueAsync(world, ada);
                break;
            case RegionMoveResult.Cancelled or RegionMoveResult.NotMoving:
                await AcceptedInAsync(world, ada, (await world.RowAsync(Eu, Ada)).Account?.Relocation is null ? Eu : Us);
                break;
            case var other:
                throw new AssertionException($"{other}");
        }
    }

    private static async Task AcceptedInAsync(RegionWorld world, Person ada, RegionId region)
    {
        await world.AssertOnlyInAsync(region, Ada);
        Assert.That(world.Book[Ada], Is.EqualTo(region));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await world.StartStale(region == Eu ? Us : Eu).TrySignInAsync(ada), Is.False, "the other region");
        Assert.That(await world.StartStale(region).TrySignInAsync(ada), Is.True, "its region");
        Assert.That(await world.Node.TrySignInAsync(ada), Is.False, "the same code again");
        var names = world.Stores[region].Log.EventsOf(AuditChainId.Of(Ada)).Select(e => e.Name).ToArray();
        if (region == Us) Assert.That(names.Count(name => name == AuditNames.RegionMoveCompleted), Is.EqualTo(1));
    }
}
