using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.KeyRotation;
using TwoFactor.Organizations;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Residency;

[TestFixture]
[Feature("C10")]
public sealed class RegionRoutingTests
{
    private static readonly RegionId Eu = RegionWorld.Eu;
    private static readonly RegionId Us = RegionWorld.Us;
    private static readonly UserId Ada = new("ada");
    private static readonly UserId Bob = new("bob");
    private static readonly OrganizationId Acme = new("acme");
    private RegionWorld _world = null!;

    private RegionNode Node => _world.Node;

    [SetUp]
    public void Ada_lives_in_the_EU_and_Bob_in_the_US()
    {
        _world = new RegionWorld();
        _world.Book.Put(Ada, Eu);
        _world.Book.Put(Bob, Us);
        _world.Book.Put(Acme, Us);
    }

    [TearDown]
    public void End() => _world.Dispose();

    [Test]
    public async Task Account_and_chain_are_in_the_store_of_the_home_and_in_no_other()
    {
        foreach (var user in new[] { Ada, Bob })
        {
            var person = await Node.EnrollAsync(user);
            Assert.That(await Node.TrySignInAsync(person), Is.True);
        }

        await _world.AssertOnlyInAsync(Eu, Ada);
        await _world.AssertOnlyInAsync(Us, Bob);
        Assert.That((await _world.RowAsync(Us, Ada)).Account, Is.Null);
        Assert.That((await _world.RowAsync(Eu, Bob)).Account, Is.Null);
    }

    [Test]
    public async Task Who_is_at_home_nowhere_is_refused_by_every_call_and_gets_no_account([Values] bool unconfigured)
    {
        var eve = new UserId("eve");
        if (unconfigured) _world.Book.Put(eve, new RegionId("mars"));
        const RegionRefusal unknown = RegionRefusal.UnknownRegion;
        Assert.That(await Node.BeginAsync(eve), Is.EqualTo(new BeginSignInResult.RegionRefused(unknown)));
        Assert.That((await Node.SignIn.StepUpAsync(eve, MfaFactorType.Totp, "123456")).Refusal(), Is.EqualTo(new CodeRefusal.RegionRefused(unknown)));
        Assert.That(await Node.SignIn.ReportPasswordFailureAsync(eve), Is.EqualTo(new PasswordFailureResult.RegionRefused(unknown)));
        Assert.That(await Node.Enrollment.BeginAsync(eve, "eve"), Is.EqualTo(new BeginEnrollmentResult.RegionRefused(unknown)));
        Assert.That((await Node.Enrollment.ConfirmAsync(eve, EnrollmentId.New(), "123456")).Refusal(), Is.EqualTo(new CodeRefusal.RegionRefused(unknown)));
        Assert.That(await Node.Enrollment.RegenerateBackupCodesAsync(eve, null), Is.EqualTo(new RegenerateBackupCodesResult.RegionRefused(unknown)));
        Assert.That(await Node.Enrollment.UnregisterAsync(eve, null), Is.EqualTo(new UnregisterResult.RegionRefused(unknown)));
        Assert.That(await Node.Administration.UnlockAsync(RegionWorld.Root, eve), Is.EqualTo(new AdministrationResult.RegionRefused(unknown)));
        Assert.That(() => Node.SignIn.ReportPasswordChangedAsync(eve).AsTask(), Throws.TypeOf<RegionRefusedException>().With.Property("Reason").EqualTo(unknown));
        Assert.That(() => Node.Status.GetAsync(eve).AsTask(), Throws.TypeOf<RegionRefusedException>().With.Property("Reason").EqualTo(unknown));
        foreach (var region in new[] { Eu, Us }) Assert.That((await _world.RowAsync(region, eve)).Account, Is.Null);
    }

    [Test]
    public async Task A_directory_that_names_another_region_than_the_accounts_is_no_way_around_the_second_factor()
    {
        await Node.EnrollAsync(Ada);
        _world.Book.Put(Ada, Us);
        Assert.That(await Node.BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.OtherRegion)));
        Assert.That(await Node.Enrollment.BeginAsync(Ada, "ada"), Is.EqualTo(new BeginEnrollmentResult.RegionRefused(RegionRefusal.OtherRegion)));
        Assert.That((await _world.RowAsync(Us, Ada)).Account, Is.Null);

        Assert.That(await Node.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.Moved(Eu, Us)), "moving the account is the one way to put it right; the other is the directory");
    }

    [Test]
    public async Task A_row_that_was_copied_into_another_regions_store_is_not_used()
    {
        await Node.EnrollAsync(Ada);
        await _world.Stores[Us].Memory.TrySaveAsync(await _world.AccountAsync(Eu, Ada), 0, [], CancellationToken.None);
        Assert.That(await _world.StartStale(Us).BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.OtherRegion)));
    }

    [Test]
    public async Task A_directory_that_changes_between_load_and_save_lets_nothing_be_written_in_either_region()
    {
        var ada = await Node.EnrollAsync(Ada);
        // The other store's version is the same number: alone it would not be told apart.
        var row = await _world.RowAsync(Eu, Ada);
        for (var i = 0; i < row.Version; i++)
            await _world.Stores[Us].Memory.TrySaveAsync(row.Account! with { Region = Us }, i, [], CancellationToken.None);
        Assert.That((await _world.RowAsync(Us, Ada)).Version, Is.EqualTo(row.Version));
        var challenge = (await Node.BeginAsync(Ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        row = await _world.RowAsync(Eu, Ada);
        await _world.Stores[Us].Memory.TrySaveAsync((await _world.AccountAsync(Us, Ada)), row.Version - 1, [], CancellationToken.None);

        var turning = new TurningResolver(_world.Book, Ada, loads: 1);
        var answer = await _world.Start(turning).SignIn.VerifyAsync(challenge, MfaFactorType.Totp, ada.App.CodeAt(_world.Clock.Now));

        Assert.That(turning.Turned, Is.True);
        Assert.That(answer.Refusal(), Is.EqualTo(new CodeRefusal.RegionRefused(RegionRefusal.OtherRegion)));
        Assert.That((await _world.RowAsync(Eu, Ada)).Version, Is.EqualTo(row.Version));
        Assert.That((await _world.RowAsync(Us, Ada)).Version, Is.EqualTo(row.Version));
    }

    [Test]
    public async Task An_account_of_before_there_were_regions_is_used_where_it_is_and_marked_by_its_next_write()
    {
        var ada = await Node.EnrollAsync(Ada);
        var (account, version) = await _world.RowAsync(Eu, Ada);
        await _world.Stores[Eu].Memory.TrySaveAsync(account! with { Region = null }, version, [], CancellationToken.None);
        Assert.That(await Node.TrySignInAsync(ada), Is.True);
        await _world.AssertOnlyInAsync(Eu, Ada);
    }

    [Test]
    public async Task An_organisations_policy_is_in_its_region_and_binds_members_of_all_regions()
    {
        _world.Stores[Eu].Directory.Join(Acme, Ada, _world.Clock.Now.AddDays(-30));
        _world.Stores[Us].Directory.Join(Acme, Bob, _world.Clock.Now.AddDays(-30));
        var policy = PolicyPresets.RequiredAtOnce(Acme, _world.Clock.Now);
        Assert.That(await Node.Policies.SaveAsync(RegionWorld.Root, policy), Is.TypeOf<SavePolicyResult.Saved>());

        Assert.That((await _world.Stores[Us].Organizations.LoadAsync(Acme, CancellationToken.None)).Organization, Is.Not.Null);
        Assert.That((await _world.Stores[Eu].Organizations.LoadAsync(Acme, CancellationToken.None)).Organization, Is.Null);
        Assert.That(_world.Stores[Eu].Organizations.EventsOf(Acme), Is.Empty);
        foreach (var user in new[] { Ada, Bob }) Assert.That(await Node.BeginAsync(user), Is.TypeOf<BeginSignInResult.EnrollmentRequired>(), $"{user}");
        Assert.That(await Node.Audit.VerifyAsync(RegionWorld.Root, Acme), Is.EqualTo(new AuditResult.Checked(1, null)));
    }

    [Test]
    public async Task A_directory_that_names_another_region_than_the_policys_switches_nothing_off()
    {
        _world.Stores[Eu].Directory.Join(Acme, Ada, _world.Clock.Now.AddDays(-30));
        await Node.Policies.SaveAsync(RegionWorld.Root, PolicyPresets.RequiredAtOnce(Acme, _world.Clock.Now));
        _world.Book.Put(Acme, Eu);
        Assert.That(await Node.BeginAsync(Ada), Is.EqualTo(new BeginSignInResult.RegionRefused(RegionRefusal.OtherRegion)));
    }

    [Test]
    public async Task The_users_of_an_organisation_in_two_regions_are_one_list_in_one_order_paged_without_gap_or_repetition()
    {
        var users = Enumerable.Range(0, 25).Select(i => new UserId($"user-{i:D2}")).ToArray();
        foreach (var (user, i) in users.Select((user, i) => (user, i)))
        {
            var home = i % 3 == 0 ? Us : Eu;
            _world.Book.Put(user, home);
            _world.Stores[home].Directory.Put(new DirectoryUser(user, $"Name {i * 7 % 25:D2}", $"{user}@example.org"));
            _world.Stores[home].Directory.Join(Acme, user, _world.Clock.Now);
        }

        await Node.EnrollAsync(users[3]);
        await Node.EnrollAsync(users[4]);
        foreach (var sort in Enum.GetValues<UserListSort>())
        {
            foreach (var descending in new[] { false, true })
            {
                var listed = await ListAsync(new UserListQuery { Sort = sort, Descending = descending, PageSize = 4 });
                Assert.That(listed.Select(item => item.User.Id), Is.EquivalentTo(users));
                if (sort == UserListSort.Name) Assert.That(listed.Select(item => item.User.Name), descending ? Is.Ordered.Descending : Is.Ordered.Ascending);
            }
        }

        Assert.That((await ListAsync(new UserListQuery { Enabled = true })).Select(item => item.User.Id), Is.EquivalentTo(new[] { users[3], users[4] }));
        Assert.That(await Node.Users.GetAsync(RegionWorld.Root, Acme, users[3]), Is.TypeOf<UserDetailsResult.Found>());

        await Node.MoveAsync(users[4], Us);
        Assert.That((await ListAsync(new UserListQuery { PageSize = 4 })).Select(item => item.User.Id), Is.EquivalentTo(users.Where(user => user != users[4])), "a marker is no user");
        _world.Stores[Us].Directory.Put(new DirectoryUser(users[4], "Name 03", "there@example.org"));
        _world.Stores[Us].Directory.Join(Acme, users[4], _world.Clock.Now);
        var moved = (await ListAsync(new UserListQuery { PageSize = 4 })).Single(item => item.User.Id == users[4]);
        Assert.That(moved.User.Email, Is.EqualTo("there@example.org"));
    }

    [Test]
    public async Task Members_of_all_regions_come_in_one_order_and_a_draft_is_simulated_over_all()
    {
        foreach (var (user, home) in new[] { (Ada, Eu), (Bob, Us), (new UserId("zoe"), Eu) })
        {
            _world.Book.Put(user, home);
            _world.Stores[home].Directory.Join(Acme, user, _world.Clock.Now);
        }

        await Node.EnrollAsync(Bob);
        var draft = PolicyPresets.RequiredAtOnce(Acme, _world.Clock.Now);
        var simulation = Node.Services.GetService(typeof(PolicySimulationService)).As<PolicySimulationService>();
        var report = (await simulation.SimulateAsync(RegionWorld.Root, draft, _world.Clock.Now)).As<SimulationResult.Simulated>().Report;
        Assert.That(report.Users, Is.EqualTo(3));
        var page = (await simulation.ListAsync(RegionWorld.Root, draft, _world.Clock.Now, new SimulationQuery())).As<SimulatedUsersResult.Page>();
        Assert.That(page.Users.Select(user => user.UserId.Value), Is.EqualTo(new[] { "ada", "bob", "zoe" }));
    }

    [Test]
    public async Task Audit_events_of_an_organisation_in_two_regions_are_one_listing_and_each_chain_is_verified_at_home()
    {
        foreach (var (user, home) in new[] { (Ada, Eu), (Bob, Us) })
        {
            _world.Stores[home].Directory.Join(Acme, user, _world.Clock.Now);
            var person = await Node.EnrollAsync(user);
            for (var i = 0; i < 5; i++)
            {
                Assert.That(await Node.TrySignInAsync(person), Is.True);
                _world.Clock.Advance(TimeSpan.FromSeconds(30));
            }
        }

        var events = await EventsAsync();
        Assert.That(events.Select(e => e.Subject).Distinct(), Is.EquivalentTo(new UserId?[] { Ada, Bob }));
        Assert.That(events.Select(e => e.OccurredAt), Is.Ordered.Descending);
        Assert.That(events.Select(e => (e.Chain, e.Sequence)), Is.Unique);
        Assert.That(events, Has.Count.EqualTo(24));
        foreach (var user in new[] { Ada, Bob })
            Assert.That(await Node.Audit.VerifyAsync(RegionWorld.Root, Acme, user), Is.EqualTo(new AuditResult.Checked(12, null)));

        _world.Stores[Us].Directory.Join(Acme, Ada, _world.Clock.Now);
        await Node.MoveAsync(Ada, Us);
        Assert.That(await EventsAsync(), Has.Count.EqualTo(26));
        Assert.That(await Node.Audit.VerifyAsync(RegionWorld.Root, Acme, Ada), Is.EqualTo(new AuditResult.Checked(14, null)));
    }

    [Test]
    public async Task An_administrator_of_one_region_resets_a_user_of_another_where_the_user_lives()
    {
        var bob = await Node.EnrollAsync(Bob);
        Assert.That(await Node.Administration.ResetAsync(RegionWorld.Root, Bob, "lost", "by phone"), Is.TypeOf<AdministrationResult.Done>());
        await _world.AssertOnlyInAsync(Us, Bob);
        Assert.That((await _world.AccountAsync(Us, Bob)).Active, Is.Null);
        Assert.That(bob.EnrollmentId, Is.Not.EqualTo(default(EnrollmentId)));
    }

    [Test]
    public async Task A_rotation_of_keys_goes_through_all_regions_and_leaves_who_is_moving_for_another_time()
    {
        await Node.EnrollAsync(Ada);
        var bob = await Node.EnrollAsync(Bob);
        await Node.MoveAsync(Ada, Us);
        var rotator = Node.Services.GetService(typeof(SecretRotator)).As<SecretRotator>();
        var done = await rotator.StepAsync();
        Assert.That((done.IsComplete, done.Examined, done.Left), Is.EqualTo((true, 2L, 0L)), "a marker and its account are one user");

        _world.Plan.DieAt(6, after: false);
        Assert.That(() => Node.MoveAsync(Bob, Eu), Throws.TypeOf<CrashException>());
        var left = await rotator.StepAsync();
        Assert.That(left.OldKeysCanGo, Is.False);
        Assert.That(left.Findings, Is.EqualTo(new[] { new RotationFinding(bob.Id, RotationProblem.Elsewhere) }));
    }

    [Test]
    public async Task Of_a_removed_chain_no_position_is_used_again()
    {
        await Node.EnrollAsync(Ada);
        var log = _world.Stores[Eu].Log;
        var before = await log.ReadAsync(0, 100, CancellationToken.None);
        await Node.MoveAsync(Ada, Us);
        var eve = new UserId("eve");
        _world.Book.Put(eve, Eu);
        await Node.EnrollAsync(eve);
        var after = await log.ReadAsync(0, 100, CancellationToken.None);
        Assert.That(after.Select(entry => entry.Event.Subject).Distinct(), Is.EqualTo(new UserId?[] { eve }));
        Assert.That(after.Min(entry => entry.Position), Is.GreaterThan(before.Max(entry => entry.Position)));
    }

    [Test]
    public async Task Events_are_delivered_by_region_and_a_sink_of_one_region_gets_no_others()
    {
        await Node.EnrollAsync(Ada);
        await Node.EnrollAsync(Bob);
        var (all, eu) = (new Sink("all"), new EuSink());
        var regions = Node.Services.GetService(typeof(global::TwoFactor.Residency.RegionSet)).As<global::TwoFactor.Residency.RegionSet>();
        var dispatcher = new AuditDispatcher([.. regions.All.Select(region => ((RegionId?)region.Id, region.Feed!))], [all, eu]);
        var deliveries = await dispatcher.RunAsync();

        Assert.That(deliveries.Select(d => (d.Sink, d.Region, d.Delivered, d.Fault)), Is.EquivalentTo(new[]
        {
            ("all", (RegionId?)Eu, 2, (Exception?)null), ("all", Us, 2, null), ("eu", Eu, 2, null),
        }));
        Assert.That(eu.Events.Select(e => e.Subject).Distinct(), Is.EqualTo(new UserId?[] { Ada }));
        Assert.That((await dispatcher.RunAsync()).Select(d => d.Delivered), Is.All.Zero);
    }

    private async Task<List<UserListItem>> ListAsync(UserListQuery query)
    {
        var items = new List<UserListItem>();
        while (true)
        {
            var page = (await Node.Users.QueryAsync(RegionWorld.Root, Acme, query)).As<UserListResult.Page>();
            items.AddRange(page.Users);
            if (page.Next is not { } next) return items;
            query = query with { After = next };
        }
    }

    private async Task<List<AuditEvent>> EventsAsync()
    {
        var (events, query) = (new List<AuditEvent>(), new AuditQuery { PageSize = 5 });
        while (true)
        {
            var page = (await Node.Audit.QueryAsync(RegionWorld.Root, Acme, query)).As<AuditResult.Found>().Page;
            events.AddRange(page.Events);
            if (page.Next is not { } next) return events;
            query = query with { After = next };
        }
    }

    /// <summary>A directory that names another region after some questions.</summary>
    private sealed class TurningResolver(RegionBook book, UserId user, int loads) : global::TwoFactor.Residency.IRegionResolver
    {
        private int _asked;

        public bool Turned => _asked > loads;

        public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken) =>
            // One question is for the memberships, the next for the load, the last for the save.
            userId == user && Interlocked.Increment(ref _asked) > loads + 1 ? ValueTask.FromResult<RegionId?>(Us) : book.FindRegionAsync(userId, cancellationToken);

        public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken) =>
            book.FindRegionAsync(organizationId, cancellationToken);
    }

    private class Sink(string name) : IAuditSink
    {
        public string Name { get; } = name;

        public List<AuditEvent> Events { get; } = [];

        public ValueTask DeliverAsync(System.Collections.Immutable.ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
        {
            Events.AddRange(events);
            return default;
        }
    }

    private sealed class EuSink() : Sink("eu"), IRegionalAuditSink
    {
        public RegionId Region => Eu;
    }
}
