using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Enforcement;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Enforcement;

/// <summary>"Decisions are recorded, nobody is stopped; then enforce with one change."</summary>
[Feature("X4")]
public sealed class ReportOnlyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    private static void ForAll(Func<World, bool> holds) => Prop.ForAll(Arb.From(WorldGenerator.World), holds).Check(Often);

    private static World Turn(World world, EnforcementMode from, EnforcementMode to) => world.WithRules((_, rule) => rule.Mode == from ? rule with { Mode = to } : rule);

    [Test]
    public void A_rule_that_only_reports_changes_no_outcome() => ForAll(world =>
    {
        Assert.That(Turn(world, EnforcementMode.ReportOnly, EnforcementMode.Off).Decide().Outcome, Is.EqualTo(world.Decide().Outcome));
        return true;
    });

    [Test]
    public void What_would_be_is_what_one_change_to_enforce_makes_it() => ForAll(world =>
    {
        var decision = world.Decide();
        var enforced = Turn(world, EnforcementMode.ReportOnly, EnforcementMode.Enforce).Decide();
        Assert.That(decision.WouldBe ?? decision.Outcome, Is.EqualTo(enforced.Outcome));
        Assert.That(enforced.WouldBe, Is.Null, "nothing only reports any more");
        Assert.That(decision.WouldBe, Is.Null.Or.Not.EqualTo(decision.Outcome), "it is told when it differs");
        return true;
    });

    [Test]
    public void What_would_be_is_never_milder_than_what_is() => ForAll(world =>
    {
        if (Strictness.HasNoCommonClient(world)) return true;
        var decision = world.Decide();
        Assert.That(Strictness.Of(decision.WouldBe ?? decision.Outcome), Is.GreaterThanOrEqualTo(Strictness.Of(decision.Outcome)));
        return true;
    });

    [Test]
    public async Task Signing_in_is_not_stopped_and_what_would_be_is_in_the_audit_trail()
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = host.Member("ada");
        await host.MustChangeAsync(OrganizationHost.Acme, _ => Report(host.Now, EnforcementMode.ReportOnly));
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null);
        var reported = (await host.EventsOfAsync(ada)).Single(e => e.Name == "mfa_enforcement_reported");
        Assert.That((reported.Details["outcome"], reported.Details["would_be"]), Is.EqualTo(("Allow", "RequireEnrollment")));

        await host.MustChangeAsync(OrganizationHost.Acme, policy => policy with { Rules = [.. policy.Rules.Select(rule => rule with { Mode = EnforcementMode.Enforce })] });
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
        await host.AssertChainAsync(ada);
    }

    [Test]
    public async Task Who_is_enrolled_is_not_reported()
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = await host.EnrollAsync(host.Member("ada"));
        await host.MustChangeAsync(OrganizationHost.Acme, _ => Report(host.Now, EnforcementMode.ReportOnly));
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That((await host.EventsOfAsync(ada.Id)).Select(e => e.Name), Has.None.EqualTo("mfa_enforcement_reported"));
    }

    private static OrganizationPolicy Report(DateTimeOffset start, EnforcementMode mode)
    {
        var policy = PolicyPresets.RequiredAfterGrace(OrganizationHost.Acme, start, TimeSpan.Zero);
        return policy with { Rules = [policy.Rules[0] with { Mode = mode }] };
    }
}
