using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;

namespace TwoFactor.Tests.Enforcement;

/// <summary>One user, one rule, one sign-in by password in a browser, ten days after the rule began: a start for examples.</summary>
internal static class Simple
{
    public static readonly OrganizationId Acme = new("acme");
    public static readonly DateTimeOffset Now = WorldGenerator.Noon;
    public static readonly DateTimeOffset Start = Now.AddDays(-10);

    /// <summary>Everyone, for ten days, with 7 days of grace.</summary>
    public static EnforcementRule Everyone { get; } = new() { Id = "everyone", Start = Start };

    public static OrganizationPolicy Policy(params ReadOnlySpan<EnforcementRule> rules) => OrganizationPolicy.NewFor(Acme) with { Version = 1, Rules = [.. rules] };

    public static World World(params ReadOnlySpan<EnforcementRule> rules) => World(Policy(rules));

    public static World World(OrganizationPolicy policy, MembershipKind kind = MembershipKind.Member) => new(
        Account.NewFor(WorldGenerator.User), [Member(policy, kind)], new EnforcementRequest { Method = SignInMethod.Password, Client = ClientKind.Browser }, Now);

    public static World TwoOrganizations(Func<OrganizationPolicy, OrganizationPolicy> acme, Func<OrganizationPolicy, OrganizationPolicy> globex)
    {
        var world = World(acme(Policy()));
        return world with { Members = world.Members.Add(Member(globex(OrganizationPolicy.NewFor(new OrganizationId("globex")) with { Version = 1 }), MembershipKind.Member)) };
    }

    /// <summary>Somebody who has long been there, and in the group <c>managers</c>.</summary>
    private static MemberPolicy Member(OrganizationPolicy policy, MembershipKind kind) => new(
        new Membership
        {
            UserId = WorldGenerator.User,
            OrganizationId = policy.OrganizationId,
            Kind = kind,
            SubjectSince = Now.AddDays(-100),
            Groups = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal).Add("managers", Now.AddDays(-100)),
        },
        policy);
}
