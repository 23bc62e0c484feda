using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Enforcement;

/// <summary>An explanation names the rules without which the outcome would be another one, and those alone.</summary>
[Feature("X2")]
public sealed class ExplanationPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(5_000);
    private static readonly string[] s_both = ["acme", "globex"];

    private static void ForAll(Func<World, bool> holds) => Prop.ForAll(Arb.From(WorldGenerator.World), holds).Check(Often);

    [Test]
    public void Without_the_rules_that_decide_the_outcome_is_another_one() => ForAll(world =>
    {
        var decision = world.Decide();
        var deciding = decision.Explanation.Deciding.ToList();
        Assert.That(deciding.Count > 0, Is.EqualTo(decision.Outcome is not (EnforcementOutcome.Allow or EnforcementOutcome.RequireChallenge)));
        if (deciding.Count > 0) Assert.That(world.Without(deciding).Decide().Outcome, Is.Not.EqualTo(decision.Outcome));
        return true;
    });

    [Test]
    public void Without_all_the_others_it_is_the_same() => ForAll(world =>
    {
        var decision = world.Decide();
        Assert.That(world.Without(decision.Explanation.Rules.Except(decision.Explanation.Deciding)).Decide().Outcome, Is.EqualTo(decision.Outcome));
        return true;
    });

    [Test]
    public void Without_any_one_of_the_others_it_is_the_same() => ForAll(world =>
    {
        var decision = world.Decide();
        foreach (var verdict in decision.Explanation.Rules.Except(decision.Explanation.Deciding))
            Assert.That(world.Without([verdict]).Decide().Outcome, Is.EqualTo(decision.Outcome), $"without {verdict}");
        return true;
    });

    [Test]
    public void The_deadline_of_the_outcome_is_that_of_a_rule_that_decides() => ForAll(world =>
    {
        var decision = world.Decide();
        var deciding = decision.Explanation.Deciding.ToList();
        DateTimeOffset? deadline = decision.Outcome switch
        {
            EnforcementOutcome.AllowUntil until => until.Deadline,
            EnforcementOutcome.RequireEnrollment required => required.Deadline,
            EnforcementOutcome.EnrollElsewhere elsewhere => elsewhere.Deadline,
            EnforcementOutcome.Deny deny => deny.Deadline,
            _ => null,
        };
        if (deadline is null) return true;
        Assert.That(deciding.Select(r => world.Request.IsActivation ? r.Anchor : r.Deadline), Does.Contain(deadline));
        return true;
    });

    [Test]
    public void A_rule_has_an_anchor_and_a_deadline_exactly_when_it_binds_or_would() => ForAll(world =>
    {
        foreach (var verdict in world.Decide().Explanation.Rules)
        {
            var binds = verdict.Standing is RuleStanding.Decides or RuleStanding.Outweighed or RuleStanding.ReportsOnly or RuleStanding.Satisfied;
            Assert.That((verdict.Anchor is not null, verdict.Deadline is not null), Is.EqualTo((binds, binds)), verdict.ToString());
        }

        return true;
    });

    [Test]
    public void Every_deadline_is_the_later_of_start_and_subject_since_plus_grace_plus_extensions() => ForAll(world =>
    {
        foreach (var verdict in world.Decide().Explanation.Rules.Where(r => r.Deadline is not null))
        {
            var (member, rule) = world.Rules.Single(r => r.Member.Policy.OrganizationId == verdict.OrganizationId && r.Rule.Id == verdict.RuleId);
            Assert.That(verdict.Deadline!.Value.UtcTicks, Is.EqualTo((long)ReferenceDecider.Deadline(world, member, rule)), verdict.ToString());
        }

        return true;
    });

    [Test]
    public void The_rules_that_decide_come_first_and_then_those_that_bind() => ForAll(world =>
    {
        var standings = world.Decide().Explanation.Rules.Select(r => r.Standing).ToList();
        Assert.That(standings, Is.Ordered);
        return true;
    });

    [TestCase(EnforcementMode.Off, RuleStanding.Off)]
    [TestCase(EnforcementMode.ReportOnly, RuleStanding.ReportsOnly)]
    [TestCase(EnforcementMode.Enforce, RuleStanding.Decides)]
    public void A_rule_stands_as_its_mode_says(EnforcementMode mode, RuleStanding standing) =>
        Assert.That(Simple.World(Simple.Everyone with { Mode = mode }).Decide().Explanation.Rules.Single().Standing, Is.EqualTo(standing));

    [Test]
    public void Each_reason_not_to_bind_is_told()
    {
        var rule = Simple.Everyone;
        var world = Simple.World(rule);
        Assert.Multiple(() =>
        {
            Assert.That(Standing(Simple.World(rule with { Start = world.Now.AddTicks(1) })), Is.EqualTo(RuleStanding.NotStarted));
            Assert.That(Standing(Simple.World(rule with { Target = new RuleTarget.ExternalCollaborators() })), Is.EqualTo(RuleStanding.NotTargeted));
            Assert.That(Standing(Simple.World(rule with { Target = RuleTarget.ForGroups("robots") })), Is.EqualTo(RuleStanding.NotTargeted));
            Assert.That(Standing(Simple.World(rule with { ExcludedGroups = ["managers"] })), Is.EqualTo(RuleStanding.GroupExcluded), "exclusion beats inclusion");
            Assert.That(
                Standing(Simple.World(rule with { Target = RuleTarget.ForGroups("managers"), ExcludedGroups = ["managers"] })),
                Is.EqualTo(RuleStanding.GroupExcluded), "even of the same group");
            Assert.That(
                Standing(Simple.World(rule with { ExcludedUsers = [new UserExclusion(WorldGenerator.User, world.Now.AddTicks(1), "robot")] })), Is.EqualTo(RuleStanding.UserExcluded));
            Assert.That(
                Standing(Simple.World(rule with { ExcludedUsers = [new UserExclusion(WorldGenerator.User, world.Now, "robot")] })), Is.EqualTo(RuleStanding.Decides), "it has expired");
            Assert.That(Standing(world.WithAccount(a => a with { Exemptions = [new(Simple.Acme, world.Now.AddTicks(1))] })), Is.EqualTo(RuleStanding.Exempted));
            Assert.That(Standing(world.WithAccount(a => a with { Exemptions = [new(Simple.Acme, world.Now)] })), Is.EqualTo(RuleStanding.Decides), "it has expired");
            Assert.That(Standing(world.WithAccount(a => a with { Exemptions = [new(new("globex"), DateTimeOffset.MaxValue)] })), Is.EqualTo(RuleStanding.Decides), "of another organisation");
            Assert.That(Standing(world.WithRequest(r => r with { Method = SignInMethod.Sso })), Is.EqualTo(RuleStanding.MethodNotCovered));
            Assert.That(
                Standing(Simple.World(rule with { Methods = [SignInMethodKind.Sso] }).WithRequest(r => r with { Method = SignInMethod.Sso })),
                Is.EqualTo(RuleStanding.MethodExempt));
            Assert.That(Standing(world.WithAccount(a => a with { Active = WorldGenerator.Authenticator })), Is.EqualTo(RuleStanding.Satisfied));
        });

        static RuleStanding Standing(World world) => world.Decide().Explanation.Rules.Single().Standing;
    }

    [Test]
    public void A_rule_whose_organisation_narrows_where_to_set_up_is_named()
    {
        var world = Simple.TwoOrganizations(
            acme => acme with { Rules = [Simple.Everyone with { Grace = TimeSpan.Zero }], EnrollmentClients = [ClientKind.Browser, ClientKind.Desktop] },
            globex => globex with { Rules = [Simple.Everyone with { Grace = TimeSpan.FromDays(365) }], EnrollmentClients = [ClientKind.Browser] })
            .WithRequest(r => r with { Client = ClientKind.Desktop });
        var decision = world.Decide();
        Assert.That(decision.Outcome, Is.EqualTo(new EnforcementOutcome.EnrollElsewhere(Simple.Start, [ClientKind.Browser])), "strictest wins for clients, too");
        Assert.That(decision.Explanation.Deciding.Select(r => r.OrganizationId.Value), Is.EquivalentTo(s_both));
    }
}
