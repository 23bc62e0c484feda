using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>"What would happen if I saved this?", asked before it is saved.</summary>
[Feature("X3")]
public sealed class SimulationTests
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly UserId Root = OrganizationHost.Root;

    private static PolicySimulationService Simulation(OrganizationHost host) => (PolicySimulationService)host.Services.GetService(typeof(PolicySimulationService))!;

    private static async Task<SimulationReport> SimulateAsync(OrganizationHost host, OrganizationPolicy draft, DateTimeOffset at, SimulationQuery? query = null) =>
        (await Simulation(host).SimulateAsync(Root, draft, at, query)).As<SimulationResult.Simulated>().Report;

    [Test]
    public async Task A_draft_is_counted_now_and_then_and_nothing_is_changed()
    {
        using var host = await OrganizationHost.StartAsync();
        foreach (var name in new[] { "ada", "bob", "cleo" }) host.Member(name);
        await host.EnrollAsync(new UserId("cleo"));
        var draft = PolicyPresets.RequiredAfterGrace(Acme, host.Now) with { AfterGrace = AfterGrace.Deny };
        var (events, account) = ((await host.EventsOfAsync(Root)).Length, await host.StoredAsync(new UserId("ada")));

        var soon = await SimulateAsync(host, draft, host.Now.AddDays(1));
        Assert.That(soon.Changes, Is.EqualTo(new[]
        {
            new SimulatedChange(SimulatedOutcome.Allow, SimulatedOutcome.AllowUntil, 2),
            new SimulatedChange(SimulatedOutcome.RequireChallenge, SimulatedOutcome.RequireChallenge, 2),
        }));
        var late = await SimulateAsync(host, draft, host.Now.AddDays(7));
        Assert.That((late.Users, late.CountNow(SimulatedOutcome.Allow), late.CountThen(SimulatedOutcome.Deny)), Is.EqualTo((4L, 2L, 2L)));
        var sso = await SimulateAsync(host, draft, host.Now.AddDays(7), new SimulationQuery { Method = SignInMethod.Sso });
        Assert.That(sso.CountThen(SimulatedOutcome.Allow), Is.EqualTo(4), "single sign-on is exempt");

        Assert.That(await host.StoredAsync(Acme), Is.Null);
        Assert.That(await host.StoredAsync(new UserId("ada")), Is.EqualTo(account));
        Assert.That(await host.EventsOfAsync(Root), Has.Length.EqualTo(events));
    }

    [Test]
    [Feature("B6")]
    public async Task Another_organisation_of_a_user_counts_and_its_rules_are_not_shown()
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = host.Member("ada");
        host.Member("ada", OrganizationHost.Globex);
        host.Roles.Assign(Root, OrganizationHost.Globex, AdministratorRole.SystemAdministrator);
        await host.MustChangeAsync(OrganizationHost.Globex, _ => PolicyPresets.RequiredAtOnce(OrganizationHost.Globex, host.Now));
        var draft = PolicyPresets.RequiredAfterGrace(Acme, host.Now);
        Assert.That((await SimulateAsync(host, draft, host.Now)).CountThen(SimulatedOutcome.RequireEnrollment), Is.EqualTo(1));
        var found = (await Simulation(host).ExplainAsync(Root, draft, host.Now, ada)).As<SimulatedUserResult.Found>();
        Assert.That(found.User, Is.EqualTo(new SimulatedUser(ada, SimulatedOutcome.RequireEnrollment, SimulatedOutcome.RequireEnrollment, host.Now)));
        Assert.That(found.Then.Rules.Single(), Has.Property("OrganizationId").EqualTo(Acme).And.Property("Standing").EqualTo(RuleStanding.Outweighed));
        Assert.That(found.OthersDecide, Is.True);
    }

    [Test]
    public async Task Administrators_who_would_be_stopped_are_named_with_the_reason()
    {
        using var host = await OrganizationHost.StartAsync();
        foreach (var (name, role) in new[] { ("ada", AdministratorRole.SystemAdministrator), ("bob", AdministratorRole.HelpDesk), ("cleo", AdministratorRole.SystemAdministrator) })
            host.Roles.Assign(host.Member(name), Acme, role);
        await host.EnrollAsync(new UserId("cleo"));
        await host.MustChangeAsync(Acme, policy => policy with { Lockout = TwoFactor.Lockout.LockoutPolicy.AdminUnlock });
        for (var i = 0; i < 5; i++) await host.SignIn.ReportPasswordFailureAsync(new UserId("cleo"));
        var at = host.Now.AddDays(7);
        var report = await SimulateAsync(host, PolicyPresets.RequiredAfterGrace(Acme, host.Now) with { AfterGrace = AfterGrace.Deny }, at);
        Assert.That(report.AdministratorsAreKnown, Is.True);
        Assert.That(report.StoppedAdministrators, Is.EqualTo(new[]
        {
            new StoppedAdministrator(new UserId("ada"), SignInHindrance.TurnedAway, at), new StoppedAdministrator(new UserId("cleo"), SignInHindrance.Locked, at),
        }));
    }

    [Test]
    public async Task Members_who_come_and_go_while_somebody_pages_neither_repeat_nor_hide_others()
    {
        using var host = await OrganizationHost.StartAsync();
        UserId[] staying = [.. Enumerable.Range(0, 20).Select(i => host.Member($"stays-{i:D2}"))];
        UserId[] passing = [.. Enumerable.Range(0, 20).Select(i => host.Member($"passes-{i:D2}"))];
        var (draft, seen, query) = (PolicyPresets.RequiredAtOnce(Acme, host.Now), new List<UserId>(), new SimulationQuery { Then = SimulatedOutcome.RequireEnrollment, PageSize = 3 });
        for (var turn = 0; ; turn++)
        {
            var page = (await Simulation(host).ListAsync(Root, draft, host.Now, query)).As<SimulatedUsersResult.Page>();
            seen.AddRange(page.Users.Select(user => user.UserId));
            if (page.Next is null) break;
            query = query with { After = page.Next };
            // Also the very user after whom the next page begins.
            host.Directory.Leave(page.Next.Value.Value[0] == 'p' ? page.Next.Value : passing[turn % 20], Acme);
            host.Member($"new-{turn}");
        }

        Assert.That(seen, Is.Unique.And.SupersetOf(staying));
    }

    [Test]
    public async Task A_page_that_finds_few_ends_and_says_where_to_go_on()
    {
        var members = Enumerable.Range(0, 10_500).Select(i => Of(new UserId($"user-{i:D5}")));
        using var company = await SimulatedCompany.StartAsync(DateTimeOffset.UnixEpoch, [], new GivenPages([.. members]), new InMemoryAccountStore());
        var query = new SimulationQuery { Then = SimulatedOutcome.Deny };
        var first = (SimulatedUsersResult.Page)await company.Simulation.ListAsync(Root, OrganizationPolicy.NewFor(Acme), DateTimeOffset.UnixEpoch, query);
        Assert.That((first.Users.Length, first.Next), Is.EqualTo((0, (UserId?)new UserId("user-09999"))));
        var last = (SimulatedUsersResult.Page)await company.Simulation.ListAsync(Root, OrganizationPolicy.NewFor(Acme), DateTimeOffset.UnixEpoch, query with { After = first.Next });
        Assert.That((last.Users.Length, last.Next), Is.EqualTo((0, (UserId?)null)));
    }

    [Test]
    public async Task Faulty_drafts_and_queries_name_the_field_and_a_stranger_is_not_found()
    {
        using var host = await OrganizationHost.StartAsync();
        var (simulation, draft) = (Simulation(host), OrganizationPolicy.NewFor(Acme));
        var faulty = await simulation.SimulateAsync(Root, draft with { TrustedDeviceDays = 1 }, host.Now);
        Assert.That(faulty.As<SimulationResult.Invalid>().Errors.Single().Field, Is.EqualTo("TrustedDeviceDays"));
        foreach (var (query, field) in new[]
        {
            (new SimulationQuery { Method = null! }, "Method"), (new SimulationQuery { Client = (ClientKind)9 }, "Client"),
            (new SimulationQuery { Now = (SimulatedOutcome)99 }, "Now"), (new SimulationQuery { Then = 0 }, "Then"),
        })
        {
            Assert.That((await simulation.ListAsync(Root, draft, host.Now, query)).As<SimulatedUsersResult.Invalid>().Errors.Single().Field, Is.EqualTo(field));
            Assert.That((await simulation.SimulateAsync(Root, draft, host.Now, query)).As<SimulationResult.Invalid>().Errors.Single().Field, Is.EqualTo(field));
        }

        Assert.That(() => new SimulationQuery { PageSize = 201 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await simulation.SimulateAsync(default, draft, host.Now), Throws.ArgumentException);
        Assert.That(
            (await simulation.ExplainAsync(Root, draft, host.Now, new UserId("stranger"))).As<SimulatedUserResult.Denied>().Reason, Is.EqualTo(DenialReason.OtherOrganization));
        Assert.That((await host.LastEventOfAsync(Root)).Name, Is.EqualTo(AuditNames.AdministrationDenied));
        foreach (var at in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
            Assert.That((await SimulateAsync(host, PolicyPresets.RequiredAtOnce(Acme, host.Now), at)).Users, Is.EqualTo(1));
    }

    [Test]
    public async Task A_cancelled_simulation_stops_in_the_middle()
    {
        using var stop = new CancellationTokenSource();
        var source = new EndlessMembers(i =>
        {
            if (i == 1_000) stop.Cancel();
        });
        using var company = await SimulatedCompany.StartAsync(DateTimeOffset.UnixEpoch, [], source, source);
        Assert.That(
            async () => await company.Simulation.SimulateAsync(Root, OrganizationPolicy.NewFor(Acme), DateTimeOffset.UnixEpoch, null, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(source.Read, Is.LessThan(2_000));
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_number_of_members()
    {
        const int Members = 40_000;
        using var stop = new CancellationTokenSource();
        var held = new Dictionary<int, long>();
        var source = new EndlessMembers(i =>
        {
            if (i is 5_000 or Members) held[i] = GC.GetTotalMemory(forceFullCollection: true);
            if (i == Members) stop.Cancel();
        });
        using var company = await SimulatedCompany.StartAsync(DateTimeOffset.UnixEpoch, [], source, source);
        Assert.That(
            async () => await company.Simulation.SimulateAsync(Root, PolicyPresets.RequiredAtOnce(Acme, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch, null, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(held[Members] - held[5_000], Is.LessThan(2_000_000), "bytes held after 35,000 more members");
    }

    private static Membership Of(UserId user) => new() { UserId = user, OrganizationId = Acme, SubjectSince = DateTimeOffset.UnixEpoch };

    /// <summary>More members than anybody could keep, each made when it is read.</summary>
    private sealed class EndlessMembers(Action<int> reading) : IMembershipSource, IAccountStore
    {
        public int Read { get; private set; }

        public ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult<ImmutableArray<Membership>>([Of(userId)]);

        public async IAsyncEnumerable<Membership> GetMembersAsync(OrganizationId organizationId, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            while (true)
            {
                reading(++Read);
                yield return Of(new UserId($"user-{Read:D9}"));
            }
        }

        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(new StoredAccount(Account.NewFor(userId), 1));
        }

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A simulation writes nothing.");
    }
}
