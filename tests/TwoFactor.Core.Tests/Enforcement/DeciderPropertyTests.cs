using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Enforcement;

/// <summary>What holds of every decision, over random organisations, policies, accounts and sign-ins.</summary>
public sealed class DeciderPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    private static void ForAll(Func<World, bool> holds) => Prop.ForAll(Arb.From(WorldGenerator.World), holds).Check(Often);

    [Test]
    [Feature("A2"), Feature("B6"), Feature("C1"), Feature("C7")]
    public void The_outcome_is_the_one_that_the_written_rules_give() => ForAll(world =>
    {
        var (decision, expected) = (world.Decide(), ReferenceDecider.Decide(world));
        Assert.That(decision.Outcome, Is.EqualTo(expected));
        Assert.That(decision.AsksForFactor, Is.EqualTo(ReferenceDecider.Asks(world)));
        return true;
    });

    [Test]
    public void The_worlds_that_are_tried_have_every_outcome()
    {
        var outcomes = WorldGenerator.World.Sample(2_000).GroupBy(world => world.Decide().Outcome.GetType().Name).ToDictionary(g => g.Key, g => g.Count());
        foreach (var type in typeof(EnforcementOutcome).GetNestedTypes())
            Assert.That(outcomes.GetValueOrDefault(type.Name), Is.GreaterThan(10), $"{type.Name} of {string.Join(", ", outcomes)}");
    }

    [Test]
    public void Every_rule_of_every_organisation_is_in_the_explanation_once() => ForAll(world =>
    {
        var explanation = world.Decide().Explanation;
        var expected = world.Rules.Select(r => (r.Member.Policy.OrganizationId.Value, r.Member.Policy.Version, r.Rule.Id));
        Assert.That(explanation.Rules.Select(r => (r.OrganizationId.Value, r.PolicyVersion, r.RuleId)), Is.EquivalentTo(expected));
        Assert.That(explanation.Methods.Select(m => (m.OrganizationId, m.PolicyVersion)), Is.EquivalentTo(world.Members.Select(m => (m.Policy.OrganizationId, m.Policy.Version))));
        Assert.That(explanation.Rules.All(r => Enum.IsDefined(r.Standing)), Is.True);
        return true;
    });

    [Test]
    [Feature("B6")]
    public void The_order_of_organisations_does_not_matter() => ForAll(world =>
    {
        var (one, other) = (world.Decide(), (world with { Members = [.. world.Members.Reverse()] }).Decide());
        Assert.That((other.Outcome, other.WouldBe, other.AsksForFactor), Is.EqualTo((one.Outcome, one.WouldBe, one.AsksForFactor)));
        Assert.That(other.Explanation.Rules, Is.EqualTo(one.Explanation.Rules));
        return true;
    });

    [Test]
    public void The_order_of_rules_does_not_matter() => ForAll(world =>
    {
        var turned = world with { Members = [.. world.Members.Select(m => m with { Policy = m.Policy with { Rules = [.. m.Policy.Rules.Reverse()] } })] };
        var (one, other) = (world.Decide(), turned.Decide());
        Assert.That((other.Outcome, other.WouldBe), Is.EqualTo((one.Outcome, one.WouldBe)));
        Assert.That(other.Explanation.Rules, Is.EquivalentTo(one.Explanation.Rules));
        return true;
    });

    [Test]
    [Feature("B6")]
    public void Belonging_to_a_further_organisation_is_never_milder() => ForAll(world =>
    {
        // Without any organisation the method alone says whether a code is asked for; the first organisation may say otherwise.
        if (Strictness.HasNoCommonClient(world) || world.Members.Length < 2) return true;
        foreach (var member in world.Members)
            Assert.That(Strictness.Of(world.Decide().Outcome), Is.GreaterThanOrEqualTo(Strictness.Of((world with { Members = world.Members.Remove(member) }).Decide().Outcome)));
        return true;
    });

    [Test]
    [Feature("B6")]
    public void Of_several_organisations_the_strictest_answer_is_the_answer() => ForAll(world =>
    {
        if (world.Members.IsEmpty) return true;
        var strictest = world.Members.Select(m => Strictness.Of((world with { Members = [m] }).Decide().Outcome)).Max();
        var all = Strictness.Of(world.Decide().Outcome);
        // Clients that only some allow can make it stricter than each alone: set up elsewhere instead of here.
        Assert.That(all with { Elsewhere = false }, Is.EqualTo(strictest with { Elsewhere = false }));
        return true;
    });

    [Test]
    public void A_further_rule_is_never_milder_and_moves_no_deadline_later() =>
        Prop.ForAll(Arb.From(from world in WorldGenerator.World from rule in WorldGenerator.Rule("further") from at in Gen.Choose(0, 2) select (world, rule, at)), input =>
        {
            var (world, rule, at) = input;
            if (world.Members.IsEmpty) return true;
            var organization = world.Members[at % world.Members.Length];
            var more = world with { Members = world.Members.Replace(organization, organization with { Policy = organization.Policy with { Rules = organization.Policy.Rules.Add(rule) } }) };
            var (before, after) = (world.Decide(), more.Decide());
            if (!Strictness.HasNoCommonClient(more))
                Assert.That(Strictness.Of(after.Outcome), Is.GreaterThanOrEqualTo(Strictness.Of(before.Outcome)), more.ToString());
            foreach (var verdict in before.Explanation.Rules)
            {
                var now = after.Explanation.Rules.Single(r => (r.OrganizationId, r.RuleId) == (verdict.OrganizationId, verdict.RuleId));
                Assert.That((now.Anchor, now.Deadline), Is.EqualTo((verdict.Anchor, verdict.Deadline)), "what other rules say stays as it is");
            }

            Assert.That(Strictness.FirstDeadline(after), Is.LessThanOrEqualTo(Strictness.FirstDeadline(before)));
            return true;
        }).Check(Often);

    [Test]
    public void Shortening_grace_bites_at_once() =>
        Prop.ForAll(Arb.From(from world in WorldGenerator.World from days in Gen.Choose(1, 30) select (world, days)), input =>
        {
            var (world, days) = (input.world, TimeSpan.FromDays(input.days));
            var shorter = world.WithRules((_, rule) => rule with { Grace = rule.Grace > days ? rule.Grace - days : TimeSpan.Zero });
            var (before, after) = (world.Decide(), shorter.Decide());
            Assert.That(Strictness.Of(after.Outcome), Is.GreaterThanOrEqualTo(Strictness.Of(before.Outcome)));
            foreach (var verdict in before.Explanation.Rules.Where(r => r.Deadline is not null))
            {
                var now = after.Explanation.Rules.Single(r => (r.OrganizationId, r.RuleId) == (verdict.OrganizationId, verdict.RuleId));
                var grace = world.Rules.Single(r => r.Member.Policy.OrganizationId == verdict.OrganizationId && r.Rule.Id == verdict.RuleId).Rule.Grace;
                Assert.That(now.Deadline, Is.EqualTo(verdict.Deadline - (grace < days ? grace : days)));
            }

            return true;
        }).Check(Often);

    [Test]
    [Feature("A4")]
    public void A_new_user_in_activation_has_no_grace_and_is_not_turned_away() => ForAll(world =>
    {
        var activation = world.WithRequest(request => request with { IsActivation = true });
        var outcome = activation.Decide().Outcome;
        Assert.That(outcome, Is.Not.TypeOf<EnforcementOutcome.AllowUntil>().And.Not.TypeOf<EnforcementOutcome.Deny>());
        var later = world.WithRequest(request => request with { IsActivation = false }).Decide().Outcome;
        var mustEnroll = outcome is EnforcementOutcome.RequireEnrollment or EnforcementOutcome.EnrollElsewhere;
        Assert.That(mustEnroll, Is.EqualTo(later is not (EnforcementOutcome.Allow or EnforcementOutcome.RequireChallenge)), "who is bound is the same");
        return true;
    });

    [Test]
    public void An_enrolled_user_is_asked_for_a_code_on_covered_methods_whatever_the_rules_say() => ForAll(world =>
    {
        var enrolled = world.WithAccount(account => account with { Active = WorldGenerator.Authenticator });
        var expected = ReferenceDecider.Asks(world) ? typeof(EnforcementOutcome.RequireChallenge) : typeof(EnforcementOutcome.Allow);
        Assert.That(enrolled.Decide().Outcome, Is.TypeOf(expected));
        Assert.That(enrolled.WithRules((_, _) => null).Decide().Outcome, Is.TypeOf(expected), "where he need not enrol");
        Assert.That(enrolled.Decide().WouldBe, Is.Null);
        return true;
    });

    [Test]
    [Attack(20), Attack(21)]
    public void A_pending_authenticator_or_backup_codes_alone_change_nothing() => ForAll(world =>
    {
        var bare = world.WithAccount(account => account with { Active = null });
        var pending = new PendingEnrollment
        {
            Id = new EnrollmentId(Guid.Empty),
            ProtectedSecret = [1],
            Parameters = WorldGenerator.Authenticator.Parameters,
            Issuer = "Acme",
            AccountName = "ada",
            StartedAt = world.Now,
            ExpiresAt = world.Now.AddMinutes(10),
            Epoch = 0,
        };
        var codes = new BackupCodeSet { EnrollmentId = pending.Id, GeneratedAt = world.Now, Hashes = ["$argon2id$"] };
        var unfinished = bare.WithAccount(account => account with { Pending = pending, BackupCodes = codes });
        Assert.That(unfinished.Decide().Outcome, Is.EqualTo(bare.Decide().Outcome));
        return true;
    });
}
