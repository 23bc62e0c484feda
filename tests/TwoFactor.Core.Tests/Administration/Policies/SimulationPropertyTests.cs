using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Testing;
using TwoFactor.Tests.Enforcement;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>A simulation says of each user what the decider says of that user alone, over random companies, drafts and times.</summary>
[Feature("X3")]
public sealed class SimulationPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(300);
    private static readonly OrganizationId Acme = SimulatedCompany.Acme;
    private static readonly ImmutableArray<OrganizationId> s_organizations = [Acme, new("globex"), new("initech")];

    private sealed record Case(
        ImmutableArray<OrganizationPolicy> Policies, OrganizationPolicy Draft, ImmutableArray<World> Users, DateTimeOffset At, SimulationQuery Query, bool InPages)
    {
        public IEnumerable<World> MembersOfAcme => Users.Where(user => user.Members.Any(m => m.Policy.OrganizationId == Acme));

        public EnforcementRequest Request => new() { Method = Query.Method, Client = Query.Client };

        public EnforcementDecision Now(World user) => EnforcementDecider.Decide(user.Account, Under(user, null), Request, WorldGenerator.Noon);

        public EnforcementDecision Then(World user) => EnforcementDecider.Decide(user.Account, Under(user, Draft), Request, At);

        public ImmutableArray<MemberPolicy> Under(World user, OrganizationPolicy? draft) => [.. user.Members.Select(m => m with
        {
            Policy = draft?.OrganizationId == m.Membership.OrganizationId ? draft! : Policies.Single(p => p.OrganizationId == m.Membership.OrganizationId),
        })];

        public override string ToString() => string.Concat(Users.Select(user => user.ToString())) + $"{Query} at {At:O}";
    }

    private static Gen<Case> Cases { get; } =
        from acme in WorldGenerator.Policy(s_organizations[0])
        from globex in WorldGenerator.Policy(s_organizations[1])
        from initech in WorldGenerator.Policy(s_organizations[2])
        from draft in WorldGenerator.Policy(Acme)
        from worlds in WorldGenerator.World.ListOf(10)
        from at in WorldGenerator.Moment
        from method in WorldGenerator.Method
        from client in Gen.Elements(Enum.GetValues<ClientKind>())
        from pageSize in Gen.Choose(1, 4)
        from inPages in Gen.Elements(true, false)
        select new Case(
            [acme, globex, initech], draft, [.. worlds.Select((world, i) => Named(world, i == 0 ? WorldGenerator.User : new UserId($"user-{i}")))],
            at, new SimulationQuery { Method = method, Client = client, PageSize = pageSize }, inPages);

    private static World Named(World world, UserId user) => world with
    {
        Account = world.Account with { UserId = user },
        Members = [.. world.Members.Select(m => m with { Membership = m.Membership with { UserId = user } })],
    };

    private static void ForAll(Func<SimulatedCompany, Case, Task> holds) => Prop.ForAll(Arb.From(Cases), c =>
    {
        HoldsAsync().GetAwaiter().GetResult();
        return true;

        async Task HoldsAsync()
        {
            Membership[] memberships = [.. c.Users.SelectMany(user => user.Members).Select(m => m.Membership)];
            var members = c.InPages ? new GivenPages(memberships) : new GivenMembers(memberships);
            var accounts = await SimulatedCompany.StoreAsync(c.Users.Select(user => user.Account));
            using var company = await SimulatedCompany.StartAsync(WorldGenerator.Noon, c.Policies, members, accounts);
            await holds(company, c);
        }
    }).Check(Often);

    private static SimulatedOutcome KindOf(EnforcementOutcome outcome) => Enum.Parse<SimulatedOutcome>(outcome.GetType().Name);

    private static SimulatedOutcome Merged(SimulatedOutcome outcome) => outcome == SimulatedOutcome.Exempt ? SimulatedOutcome.Allow : outcome;

    [Test]
    public void The_counts_are_those_of_the_decider_called_for_each_user() => ForAll(async (company, c) =>
    {
        var result = await company.Simulation.SimulateAsync(SimulatedCompany.Root, c.Draft, c.At, c.Query);
        var report = ((SimulationResult.Simulated)result).Report;
        var actual = report.Changes.SelectMany(change => Enumerable.Repeat((Merged(change.Now), Merged(change.Then)), (int)change.Users));
        Assert.That(actual, Is.EquivalentTo(c.MembersOfAcme.Select(user => (KindOf(c.Now(user).Outcome), KindOf(c.Then(user).Outcome)))));
        Assert.That(report.Users, Is.EqualTo(c.MembersOfAcme.Count()));
        foreach (var outcome in Enum.GetValues<SimulatedOutcome>())
            Assert.That(report.CountThen(outcome), Is.EqualTo(report.Changes.Where(change => change.Then == outcome).Sum(change => change.Users)));
        var would = c.MembersOfAcme.Select(c.Then).Where(then => then.WouldBe is not null).Select(then => (KindOf(then.Outcome), KindOf(then.WouldBe!)));
        Assert.That(report.Reported.SelectMany(r => Enumerable.Repeat((Merged(r.Now), r.Then), (int)r.Users)), Is.EquivalentTo(would));
    });

    [Test]
    public void The_pages_list_every_user_once_with_the_deciders_outcome_and_deadline() => ForAll(async (company, c) =>
    {
        var listed = await ListAsync(company, c, c.Query);
        Assert.That(listed.Select(user => user.UserId), Is.EqualTo(c.MembersOfAcme.Select(user => user.Account.UserId).OrderBy(id => id.Value, StringComparer.Ordinal)));
        foreach (var user in c.MembersOfAcme)
        {
            var shown = listed.Single(item => item.UserId == user.Account.UserId);
            Assert.That((Merged(shown.Now), Merged(shown.Then)), Is.EqualTo((KindOf(c.Now(user).Outcome), KindOf(c.Then(user).Outcome))));
            Assert.That(shown.Deadline, Is.EqualTo(c.Then(user).Outcome.GetType().GetProperty("Deadline")?.GetValue(c.Then(user).Outcome)));
        }

        foreach (var outcome in Enum.GetValues<SimulatedOutcome>())
        {
            Assert.That(await ListAsync(company, c, c.Query with { Then = outcome }), Is.EqualTo(listed.Where(user => user.Then == outcome)));
            Assert.That(await ListAsync(company, c, c.Query with { Now = outcome, Then = SimulatedOutcome.Deny }),
                Is.EqualTo(listed.Where(user => user.Now == outcome && user.Then == SimulatedOutcome.Deny)));
        }
    });

    [Test]
    public void An_exemption_is_told_apart_exactly_when_without_it_the_outcome_would_be_another() => ForAll(async (company, c) =>
    {
        foreach (var shown in await ListAsync(company, c, c.Query))
        {
            var user = c.Users.Single(u => u.Account.UserId == shown.UserId);
            var bare = user with { Account = user.Account with { Exemptions = [] }, Members = c.Under(user, c.Draft), Request = c.Request, Now = c.At };
            var strict = bare.WithRules((_, rule) => rule with { ExcludedUsers = [] }).Decide().Outcome;
            var isExempt = c.Then(user).Outcome is EnforcementOutcome.Allow && strict is not EnforcementOutcome.Allow;
            Assert.That(shown.Then == SimulatedOutcome.Exempt, Is.EqualTo(isExempt));
        }
    });

    [Test]
    public void The_explanation_is_the_deciders_without_what_is_other_organisations() => ForAll(async (company, c) =>
    {
        foreach (var user in c.MembersOfAcme)
        {
            var result = await company.Simulation.ExplainAsync(SimulatedCompany.Root, c.Draft, c.At, user.Account.UserId, c.Query);
            var (now, then, found) = (c.Now(user).Explanation, c.Then(user).Explanation, (SimulatedUserResult.Found)result);
            Assert.That(found.Now.Rules, Is.EqualTo(now.Rules.Where(rule => rule.OrganizationId == Acme)));
            Assert.That(found.Then.Rules, Is.EqualTo(then.Rules.Where(rule => rule.OrganizationId == Acme)));
            Assert.That(found.Then.Methods, Is.EqualTo(then.Methods.Where(method => method.OrganizationId == Acme)));
            Assert.That(found.OthersDecide || then.Rules.All(rule => rule.OrganizationId == Acme || rule.Standing != RuleStanding.Decides), Is.True);
        }
    });

    [Test]
    public void The_companies_that_are_tried_have_every_outcome()
    {
        var outcomes = Cases.Sample(300).SelectMany(c => c.MembersOfAcme.Select(user => KindOf(c.Then(user).Outcome))).ToLookup(outcome => outcome);
        foreach (var outcome in Enum.GetValues<SimulatedOutcome>().Where(o => o != SimulatedOutcome.Exempt)) Assert.That(outcomes[outcome].Count(), Is.GreaterThan(10), $"{outcome}");
    }

    private static async Task<List<SimulatedUser>> ListAsync(SimulatedCompany company, Case c, SimulationQuery query)
    {
        var users = new List<SimulatedUser>();
        while (true)
        {
            var page = (SimulatedUsersResult.Page)await company.Simulation.ListAsync(SimulatedCompany.Root, c.Draft, c.At, query);
            Assert.That(page.Users, Has.Length.LessThanOrEqualTo(query.PageSize));
            users.AddRange(page.Users);
            if (page.Next is null) return users;
            query = query with { After = page.Next };
        }
    }
}
