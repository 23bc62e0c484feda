using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Enforcement;

/// <summary>Method × membership kind × identity provider → exempt, require, or accept the provider's own second factor.</summary>
public sealed class MethodMatrixTests
{
    private static readonly MethodRequirement.AcceptUpstream Accept = new(["mfa", "otp"], TimeSpan.FromHours(1));

    private static readonly EnforcementRule AllMethods = Simple.Everyone with { Grace = TimeSpan.Zero, Methods = [.. Enum.GetValues<SignInMethodKind>()] };

    private static World With(params ReadOnlySpan<MethodRule> rows) => Simple.World(Simple.Policy(AllMethods) with { Methods = [.. rows] });

    private static World By(World world, SignInMethod method, UpstreamAssertion? upstream = null) => world.WithRequest(r => r with { Method = method, Upstream = upstream });

    [Test]
    [Feature("C7")]
    public void Without_a_matrix_password_and_magic_link_are_covered_and_single_sign_on_and_third_party_logins_are_exempt()
    {
        SignInMethod[] covered = [SignInMethod.Password, SignInMethod.MagicLink];
        SignInMethod[] exempt = [SignInMethod.Sso, SignInMethod.External("Google"), SignInMethod.External("Microsoft"), SignInMethod.External("Slack")];
        foreach (var method in covered) Assert.That(By(With(), method).Decide().Outcome, Is.TypeOf<EnforcementOutcome.RequireEnrollment>(), method.ToString());
        foreach (var method in exempt) Assert.That(By(With(), method).Decide().Outcome, Is.TypeOf<EnforcementOutcome.Allow>(), method.ToString());
    }

    [Test]
    [Feature("C7")]
    public void A_third_party_login_does_not_ask_an_enrolled_user_either() =>
        Assert.That(
            By(With(), SignInMethod.External("Google")).WithAccount(a => a with { Active = WorldGenerator.Authenticator }).Decide().Outcome,
            Is.TypeOf<EnforcementOutcome.Allow>());

    [Test]
    public void The_first_row_that_matches_decides()
    {
        var (exempt, require) = (new MethodRequirement.Exempt(), new MethodRequirement.Require());
        var world = With(new(SignInMethodKind.External, null, "Google", require), new(SignInMethodKind.External, null, null, exempt), new(null, null, null, require));
        Assert.That(By(world, SignInMethod.External("Google")).Decide().AsksForFactor, Is.True);
        Assert.That(By(world, SignInMethod.External("google")).Decide().AsksForFactor, Is.False, "names compare by ordinal");
        Assert.That(By(world, SignInMethod.External("Slack")).Decide().AsksForFactor, Is.False);
        Assert.That(By(world, SignInMethod.Sso).Decide().AsksForFactor, Is.True);
    }

    [Test]
    public void A_row_for_a_provider_never_exempts_the_password_of_its_members()
    {
        var policy = Simple.Policy(AllMethods) with { Methods = [new MethodRule(null, null, "okta", new MethodRequirement.Exempt())] };
        var member = new Membership { UserId = new UserId("ada"), OrganizationId = policy.OrganizationId, SubjectSince = default, IdentityProvider = "okta" };
        foreach (var method in (SignInMethod[])[SignInMethod.Password, SignInMethod.MagicLink])
            Assert.That(policy.RequirementFor(method, member), Is.TypeOf<MethodRequirement.Require>(), method.ToString());
        Assert.That(policy.RequirementFor(SignInMethod.Sso, member), Is.TypeOf<MethodRequirement.Exempt>());
    }

    [Test]
    public void A_row_for_external_collaborators_leaves_members_alone()
    {
        var policy = Simple.Policy(AllMethods) with { Methods = [new MethodRule(SignInMethodKind.Sso, MembershipKind.ExternalCollaborator, null, new MethodRequirement.Require())] };
        Assert.That(By(Simple.World(policy, MembershipKind.Member), SignInMethod.Sso).Decide().AsksForFactor, Is.False);
        Assert.That(By(Simple.World(policy, MembershipKind.ExternalCollaborator), SignInMethod.Sso).Decide().AsksForFactor, Is.True);
    }

    [Test]
    public void A_fresh_assertion_of_one_named_method_is_accepted()
    {
        var world = With(new MethodRule(SignInMethodKind.Sso, null, null, Accept));
        Assert.Multiple(() =>
        {
            Assert.That(Asks(["mfa"], TimeSpan.Zero), Is.False);
            Assert.That(Asks(["pwd", "otp"], TimeSpan.FromHours(1)), Is.False, "to the very end of its age");
            Assert.That(Asks(["mfa"], TimeSpan.FromHours(1) + TimeSpan.FromTicks(1)), Is.True, "too old");
            Assert.That(Asks(["pwd"], TimeSpan.Zero), Is.True, "not among those named");
            Assert.That(Asks(["MFA"], TimeSpan.Zero), Is.True, "RFC 8176 values are case-sensitive");
            Assert.That(Asks([], TimeSpan.Zero), Is.True);
            Assert.That(Asks(["mfa"], TimeSpan.FromMinutes(-1)), Is.False, "clocks may differ by a minute");
            Assert.That(Asks(["mfa"], TimeSpan.FromMinutes(-1) - TimeSpan.FromTicks(1)), Is.True, "from the future");
            Assert.That(By(world, SignInMethod.Sso).Decide().AsksForFactor, Is.True, "nothing is asserted");
        });

        bool Asks(string[] amr, TimeSpan ago) => By(world, SignInMethod.Sso, new UpstreamAssertion([.. amr], Simple.Now - ago)).Decide().AsksForFactor;
    }

    [Test]
    public void An_assertion_counts_only_where_the_matrix_accepts_it()
    {
        var asserted = By(With(), SignInMethod.Password, new UpstreamAssertion(["mfa"], Simple.Now));
        Assert.That(asserted.Decide().Outcome, Is.TypeOf<EnforcementOutcome.RequireEnrollment>());
    }

    [Test]
    [Feature("B6")]
    public void One_organisation_that_asks_is_enough()
    {
        var world = Simple.TwoOrganizations(
            acme => acme with { Methods = [new MethodRule(null, null, null, new MethodRequirement.Exempt())] },
            globex => globex with { Methods = [new MethodRule(SignInMethodKind.Sso, null, null, new MethodRequirement.Require())] });
        world = By(world, SignInMethod.Sso).WithAccount(a => a with { Active = WorldGenerator.Authenticator });
        Assert.That(world.Decide().Outcome, Is.TypeOf<EnforcementOutcome.RequireChallenge>());
        Assert.That(world.Decide().Explanation.Methods.Select(m => (m.OrganizationId.Value, m.AsksForFactor)), Is.EqualTo(new[] { ("acme", false), ("globex", true) }));
    }
}
