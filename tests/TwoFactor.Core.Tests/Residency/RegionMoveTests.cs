using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Residency;

[TestFixture]
[Feature("C10")]
public sealed class RegionMoveTests
{
    private static readonly RegionId Eu = RegionWorld.Eu;
    private static readonly RegionId Us = RegionWorld.Us;
    private static readonly UserId Ada = new("ada");
    private RegionWorld _world = null!;
    private Person _ada = null!;

    private RegionNode Node => _world.Node;

    [SetUp]
    public async Task Ada_lives_in_the_EU()
    {
        _world = new RegionWorld();
        _world.Book.Put(Ada, Eu);
        _ada = await Node.EnrollAsync(Ada);
    }

    [TearDown]
    public void End() => _world.Dispose();

    [Test]
    public async Task The_account_is_in_its_new_region_with_its_whole_chain_and_nothing_of_it_stays()
    {
        Assert.That(await Node.TrySignInAsync(_ada), Is.True);
        var before = _world.Stores[Eu].Log.EventsOf(AuditChainId.Of(Ada));
        var account = await _world.AccountAsync(Eu, Ada);

        Assert.That(await Node.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.Moved(Eu, Us)));

        await _world.AssertOnlyInAsync(Us, Ada);
        Assert.That(_world.Book[Ada], Is.EqualTo(Us));
        var after = _world.Stores[Us].Log.EventsOf(AuditChainId.Of(Ada));
        Assert.That(after.Take(before.Length).Select(e => Convert.ToHexString(e.Hash.AsSpan())), Is.EqualTo(before.Select(e => Convert.ToHexString(e.Hash.AsSpan()))));
        Assert.That(after.Skip(before.Length).Select(e => (e.Name, e.Actor, e.Details["from"], e.Details["to"])), Is.EqualTo(new[]
        {
            (AuditNames.RegionMoveStarted, "root", "eu", "us"), (AuditNames.RegionMoveCompleted, "root", "eu", "us"),
        }));
        Assert.That(after[^2].Details["reason"], Is.EqualTo("moved house"));
        var moved = await _world.AccountAsync(Us, Ada);
        Assert.That(
            AccountSerializer.Serialize(moved with { Region = Eu, AuditHead = null }), Is.EqualTo(AccountSerializer.Serialize(account with { AuditHead = null })));
    }

    [Test]
    public async Task A_code_that_was_used_before_the_move_is_spent_after_it_and_the_next_one_works_once()
    {
        Assert.That(await Node.TrySignInAsync(_ada), Is.True);
        await Node.MoveAsync(Ada, Us);

        Assert.That(await Node.TrySignInAsync(_ada), Is.False);
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await Node.TrySignInAsync(_ada), Is.True);
        Assert.That(await Node.TrySignInAsync(_ada), Is.False);
    }

    [Test]
    public async Task Backup_codes_trusted_epoch_and_a_sign_in_that_waits_move_along()
    {
        var waiting = (await Node.BeginAsync(Ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        await Node.MoveAsync(Ada, Us);

        Assert.That(await Node.SignIn.VerifyAsync(waiting, MfaFactorType.BackupCode, _ada.BackupCodes[3]), Is.TypeOf<VerifySignInResult.SignedIn>());
        var again = (await Node.BeginAsync(Ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        Assert.That(await Node.SignIn.VerifyAsync(again, MfaFactorType.BackupCode, _ada.BackupCodes[3]), Is.TypeOf<VerifySignInResult.Refused>());
    }

    [Test]
    public async Task While_it_moves_every_call_is_refused_as_moving_and_nothing_is_counted()
    {
        var waiting = (await Node.BeginAsync(Ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        var unwritable = _world.Start(new ReadOnlyBook(_world.Book));
        await Interrupted(_world, call: 6);
        var row = await _world.RowAsync(Eu, Ada);
        Assert.That(row.Account!.Relocation?.State, Is.EqualTo(RelocationState.Leaving));

        foreach (var node in new[] { Node, unwritable, _world.StartStale(Us) })
        {
            var begun = await node.BeginAsync(Ada);
            Assert.That((begun as BeginSignInResult.RegionRefused)?.Reason, Is.EqualTo(RegionRefusal.Moving).Or.EqualTo(RegionRefusal.OtherRegion));
        }

        var moving = new CodeRefusal.RegionRefused(RegionRefusal.Moving);
        Assert.That((await Node.SignIn.VerifyAsync(waiting, MfaFactorType.Totp, _ada.App.CodeAt(_world.Clock.Now))).Refusal(), Is.EqualTo(moving));
        Assert.That((await Node.SignIn.VerifyAsync(waiting, MfaFactorType.Totp, _ada.App.WrongCodeAt(_world.Clock.Now))).Refusal(), Is.EqualTo(moving));
        Assert.That((await Node.SignIn.StepUpAsync(Ada, MfaFactorType.Totp, "123456")).Refusal(), Is.EqualTo(moving));
        Assert.That(await Node.SignIn.ReportPasswordFailureAsync(Ada), Is.EqualTo(new PasswordFailureResult.RegionRefused(RegionRefusal.Moving)));
        Assert.That(
            await Node.Enrollment.BeginAsync(Ada, "ada", _ada.Proof), Is.EqualTo(new global::TwoFactor.Enrollment.BeginEnrollmentResult.RegionRefused(RegionRefusal.Moving)));
        Assert.That(
            await Node.Administration.ResetAsync(RegionWorld.Root, Ada, "lost", "by phone"), Is.EqualTo(new AdministrationResult.RegionRefused(RegionRefusal.Moving)));
        Assert.That((await _world.RowAsync(Eu, Ada)).Version, Is.EqualTo(row.Version), "nothing was written");
        Assert.That((await Node.Status.GetAsync(Ada)).IsEnrolled, Is.True, "it can still be read");
    }

    [Test]
    public async Task To_the_region_where_it_is_changes_nothing()
    {
        var row = await _world.RowAsync(Eu, Ada);
        Assert.That(await Node.MoveAsync(Ada, Eu), Is.EqualTo(new RegionMoveResult.AlreadyThere(Eu)));
        Assert.That((await _world.RowAsync(Eu, Ada)).Version, Is.EqualTo(row.Version));
    }

    [Test]
    public async Task To_a_region_that_is_not_configured_changes_nothing()
    {
        var row = await _world.RowAsync(Eu, Ada);
        Assert.That(await Node.MoveAsync(Ada, new RegionId("mars")), Is.EqualTo(new RegionMoveResult.UnknownRegion(new RegionId("mars"))));
        Assert.That((await _world.RowAsync(Eu, Ada)).Version, Is.EqualTo(row.Version));
        Assert.That(() => Node.MoveAsync(Ada, default), Throws.ArgumentException);
    }

    [Test]
    public async Task Of_a_user_of_whom_nothing_is_stored_there_is_nothing_to_move()
    {
        _world.Book.Put(new UserId("eve"), Eu);
        Assert.That(await Node.MoveAsync(new UserId("eve"), Us), Is.TypeOf<RegionMoveResult.NothingStored>());
        Assert.That(await Node.CancelAsync(new UserId("eve")), Is.TypeOf<RegionMoveResult.NothingStored>());
    }

    [Test]
    public async Task Who_is_no_administrator_moves_nobody_and_nobody_moves_himself()
    {
        Assert.That(await Node.Moves.MoveAsync(Ada, RegionWorld.Root, Us, "because"), Is.EqualTo(new RegionMoveResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await Node.Moves.MoveAsync(RegionWorld.Root, RegionWorld.Root, Us, "because"), Is.EqualTo(new RegionMoveResult.Denied(DenialReason.Self)));
        Assert.That(await Node.Moves.MoveAsync(RegionWorld.Root, Ada, Us, " "), Is.TypeOf<RegionMoveResult.Invalid>());
        Assert.That(await Node.Moves.CancelAsync(RegionWorld.Root, Ada, new string('x', 1001)), Is.TypeOf<RegionMoveResult.Invalid>());
        await _world.AssertOnlyInAsync(Eu, Ada);
    }

    [Test]
    public async Task A_directory_that_the_library_cannot_write_is_waited_for_and_nobody_signs_in_until_it_names_the_new_region()
    {
        var node = _world.Start(new ReadOnlyBook(_world.Book));
        Assert.That(await node.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.AwaitingDirectory(Us)));
        Assert.That(await node.BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.Moved)));
        Assert.That(await node.CancelAsync(Ada), Is.EqualTo(new RegionMoveResult.TooLate(Us)));
        Assert.That(await node.MoveAsync(Ada, Eu), Is.EqualTo(new RegionMoveResult.OtherMove(Us)));

        _world.Book.Put(Ada, Us);
        Assert.That(await node.BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.Moving)));
        Assert.That(await node.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.Moved(Eu, Us)));
        Assert.That(await node.TrySignInAsync(_ada), Is.True);
        await _world.AssertOnlyInAsync(Us, Ada);
    }

    [Test]
    public async Task A_node_with_a_stale_directory_finds_a_marker_and_no_empty_account()
    {
        await Node.MoveAsync(Ada, Us);
        var stale = _world.StartStale(Eu);
        Assert.That(await stale.BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.Moved)));
        Assert.That(
            () => stale.Status.GetAsync(Ada).AsTask(),
            Throws.TypeOf<RegionRefusedException>().With.Property("Reason").EqualTo(RegionRefusal.Moved).And.Message.Not.Contains("ada"));
    }

    [Test]
    public async Task There_and_back_again_keeps_one_chain_and_never_uses_a_version_twice()
    {
        var versions = new HashSet<(RegionId, long)>();
        foreach (var to in new[] { Us, Eu, Us, Eu })
        {
            foreach (var region in new[] { Eu, Us })
            {
                if ((await _world.RowAsync(region, Ada)).Version is > 0 and var version) Assert.That(versions.Add((region, version)), Is.True, $"{region} {version}");
            }

            Assert.That(await Node.MoveAsync(Ada, to), Is.TypeOf<RegionMoveResult.Moved>());
            await _world.AssertOnlyInAsync(to, Ada);
            Assert.That(await Node.TrySignInAsync(_ada), Is.True);
            _world.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [Test]
    public async Task A_cancelled_move_leaves_everything_where_it_was_and_is_in_the_chain()
    {
        await Interrupted(_world, call: 12);
        Assert.That((await _world.RowAsync(Us, Ada)).Account, Is.Not.Null, "something was copied");

        Assert.That(await Node.CancelAsync(Ada), Is.EqualTo(new RegionMoveResult.Cancelled(Eu)));
        await _world.AssertOnlyInAsync(Eu, Ada);
        Assert.That(_world.Stores[Eu].Log.EventsOf(AuditChainId.Of(Ada))[^1], Has.Property("Name").EqualTo(AuditNames.RegionMoveCancelled).And.Property("Actor").EqualTo("root"));
        Assert.That(await Node.TrySignInAsync(_ada), Is.True);
        Assert.That(await Node.CancelAsync(Ada), Is.TypeOf<RegionMoveResult.NotMoving>());
        Assert.That(await Node.MoveAsync(Ada, Us), Is.TypeOf<RegionMoveResult.Moved>(), "and it can begin anew");
        Assert.That(await Node.CancelAsync(Ada), Is.TypeOf<RegionMoveResult.NotMoving>());
    }

    [Test]
    public async Task A_long_chain_is_copied_page_by_page_and_goes_on_where_it_was_stopped()
    {
        await GrowAsync(1203);
        await Interrupted(_world, call: 17);
        var half = await _world.AccountAsync(Us, Ada);
        Assert.That((half.Relocation!.State, half.AuditHead!.Sequence, half.Active), Is.EqualTo((RelocationState.Arriving, 1000L, (ActiveEnrollment?)null)));

        Assert.That(await Node.MoveAsync(Ada, Us), Is.TypeOf<RegionMoveResult.Moved>());
        await _world.AssertOnlyInAsync(Us, Ada);
    }

    [Test]
    public async Task A_chain_that_is_not_whole_is_not_moved()
    {
        var row = await _world.RowAsync(Eu, Ada);
        var head = row.Account!.AuditHead!;
        await _world.Stores[Eu].Memory.TrySaveAsync(row.Account with { AuditHead = head with { Sequence = head.Sequence + 1 } }, row.Version, [], CancellationToken.None);

        Assert.That(await Node.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.ChainBroken(Eu, head.Sequence + 1)));
        Assert.That((await _world.RowAsync(Us, Ada)).Account, Is.Null);
        Assert.That((await _world.AccountAsync(Eu, Ada)).Relocation, Is.Null, "it did not even begin");
    }

    [Test]
    public async Task Two_accounts_of_one_user_are_left_to_an_operator()
    {
        var account = await _world.AccountAsync(Eu, Ada);
        await _world.Stores[Us].Memory.TrySaveAsync(account, 0, [], CancellationToken.None);
        Assert.That((await Node.MoveAsync(Ada, Us)).As<RegionMoveResult.SeveralAccounts>().Regions, Is.EquivalentTo(new[] { Eu, Us }));
    }

    [Test]
    public async Task A_directory_that_was_set_back_is_put_right_by_asking_for_where_the_account_is()
    {
        await Node.MoveAsync(Ada, Us);
        _world.Book.Put(Ada, Eu);
        Assert.That(await Node.BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.Moved)));
        Assert.That(await Node.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.AlreadyThere(Us)));
        Assert.That(await Node.TrySignInAsync(_ada), Is.True);
    }

    [Test]
    public async Task A_stored_account_keeps_region_and_relocation()
    {
        await Interrupted(_world, call: 6);
        var account = await _world.AccountAsync(Eu, Ada);
        var read = AccountSerializer.Deserialize(AccountSerializer.Serialize(account));
        Assert.That((read.Region, read.Relocation), Is.EqualTo((account.Region, account.Relocation)));
    }

    /// <summary>Begins to move Ada to the US in a process that dies before a call.</summary>
    private static async Task Interrupted(RegionWorld world, int call)
    {
        world.Plan.DieAt(call, after: false);
        try
        {
            await world.Node.MoveAsync(Ada, Us);
        }
        catch (CrashException)
        {
            return;
        }

        throw new AssertionException($"The move had only {world.Plan.Calls} calls.");
    }

    private async Task GrowAsync(int events)
    {
        var (account, version) = await _world.RowAsync(Eu, Ada);
        var head = account!.AuditHead!;
        var added = ImmutableArray.CreateBuilder<AuditEvent>();
        while (head.Sequence < events)
        {
            var e = new AuditEvent
            {
                Chain = AuditChainId.Of(Ada),
                Subject = Ada,
                Sequence = head.Sequence + 1,
                Name = AuditNames.CodeRejected,
                OccurredAt = _world.Clock.Now,
                Actor = Ada.Value,
                PreviousHash = head.Hash,
                Hash = [],
            };
            e = e with { Hash = AuditChain.ComputeHash(e) };
            added.Add(e);
            head = new AuditChainHead(e.Sequence, e.Hash);
        }

        Assert.That(await _world.Stores[Eu].Memory.TrySaveAsync(account with { AuditHead = head }, version, added.ToImmutable(), CancellationToken.None), Is.True);
    }
}
