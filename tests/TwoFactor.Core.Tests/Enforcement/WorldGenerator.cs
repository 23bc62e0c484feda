using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Otp;

namespace TwoFactor.Tests.Enforcement;

/// <summary>
/// Random policies, memberships, accounts and sign-ins. Times lie on a coarse grid around the sign-in and names are few, so that ties,
/// overlaps and boundaries come up all the time.
/// </summary>
internal static class WorldGenerator
{
    public static readonly UserId User = new("ada");
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<string> s_groups = ["administrators", "managers", "robots"];
    private static readonly ImmutableArray<string> s_providers = ["okta", "google"];
    private static readonly ImmutableArray<OrganizationId> s_organizations = [new("acme"), new("globex"), new("initech")];

    /// <summary>Moments of 30 days before to 20 days after the sign-in, and the tick before or after each.</summary>
    public static Gen<DateTimeOffset> Moment { get; } =
        from day in Gen.Choose(-30, 20)
        from tick in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Constant(-1)), (1, Gen.Constant(1)))
        select Noon.AddDays(day).AddTicks(tick);

    public static Gen<TimeSpan> Grace { get; } = Gen.Frequency(
        (2, Gen.Constant(TimeSpan.Zero)), (5, Gen.Choose(1, 30).Select(days => TimeSpan.FromDays(days))), (1, Gen.Constant(TimeSpan.FromDays(365))));

    public static Gen<SignInMethod> Method { get; } = Gen.Frequency(
        (6, Gen.Constant(SignInMethod.Password)), (3, Gen.Constant(SignInMethod.MagicLink)), (3, Gen.Constant(SignInMethod.Sso)),
        (2, Gen.Elements(s_providers.AsEnumerable()).Select(SignInMethod.External)));

    public static Gen<RuleTarget> Target { get; } = Gen.Frequency(
        (3, Gen.Constant<RuleTarget>(new RuleTarget.Everyone())),
        (1, Gen.Constant<RuleTarget>(new RuleTarget.ExternalCollaborators())),
        (3, Gen.NonEmptyListOf(Gen.Elements(s_groups.AsEnumerable())).Select(groups => RuleTarget.ForGroups([.. groups.Distinct()]))));

    public static Gen<EnforcementRule> Rule(string id) =>
        from target in Target
        from excluded in Some(s_groups, oftenEmpty: true)
        from userExcluded in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from excludedUntil in Moment
        from start in Moment
        from grace in Grace
        from anchor in Gen.Frequency((3, Gen.Constant(GraceAnchor.RuleStart)), (1, Gen.Constant(GraceAnchor.FirstSignIn)))
        from mode in Gen.Frequency((6, Gen.Constant(EnforcementMode.Enforce)), (2, Gen.Constant(EnforcementMode.ReportOnly)), (1, Gen.Constant(EnforcementMode.Off)))
        from methods in Gen.Frequency((2, Gen.Constant(ImmutableArray<SignInMethodKind>.Empty)), (1, Some([.. Enum.GetValues<SignInMethodKind>()], oftenEmpty: false)))
        select new EnforcementRule
        {
            Id = id,
            Target = target,
            ExcludedGroups = excluded,
            ExcludedUsers = userExcluded ? [new UserExclusion(User, excludedUntil, "service account")] : [],
            Start = start,
            Grace = grace,
            Anchor = anchor,
            Mode = mode,
            Methods = methods.IsEmpty ? [SignInMethodKind.Password, SignInMethodKind.MagicLink] : methods,
        };

    private static Gen<MethodRequirement> Requirement { get; } =
        from maxAge in Gen.Elements(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(30))
        from amr in Some(["mfa", "otp", "hwk"], oftenEmpty: false)
        from requirement in Gen.Elements<MethodRequirement>(new MethodRequirement.Exempt(), new MethodRequirement.Require(), new MethodRequirement.AcceptUpstream(amr, maxAge))
        select requirement;

    private static Gen<MethodRule> MethodRow { get; } =
        from method in Gen.Elements<SignInMethodKind?>(null, SignInMethodKind.Password, SignInMethodKind.MagicLink, SignInMethodKind.Sso, SignInMethodKind.External)
        from kind in Gen.Elements<MembershipKind?>(null, null, MembershipKind.Member, MembershipKind.ExternalCollaborator)
        from provider in Gen.Elements<string?>(null, null, "okta", "google")
        from requirement in Requirement
        select new MethodRule(method, kind, provider, requirement);

    public static Gen<OrganizationPolicy> Policy(OrganizationId id) =>
        from count in Gen.Choose(0, 4)
        from rules in Sequence(Enumerable.Range(0, count).Select(i => Rule($"rule{i}")))
        from rows in Gen.Frequency((2, Gen.Constant(new List<MethodRule>())), (1, MethodRow.ListOf().Select(list => list.Take(3).ToList())))
        from afterGrace in Gen.Elements(AfterGrace.RequireEnrollment, AfterGrace.Deny)
        from clients in Gen.Frequency(
            (3, Gen.Constant<ImmutableArray<ClientKind>>([ClientKind.Browser, ClientKind.Desktop])), (2, Some([.. Enum.GetValues<ClientKind>()], oftenEmpty: false)))
        from version in Gen.Choose(1, 9)
        select OrganizationPolicy.NewFor(id) with
        {
            Version = version,
            Rules = rules,
            Methods = [.. rows],
            AfterGrace = afterGrace,
            EnrollmentClients = clients,
        };

    private static Gen<Membership> Membership(OrganizationId id) =>
        from kind in Gen.Frequency((3, Gen.Constant(MembershipKind.Member)), (1, Gen.Constant(MembershipKind.ExternalCollaborator)))
        from since in Moment
        from provider in Gen.Elements<string?>(null, "okta", "google")
        from groups in Some(s_groups, oftenEmpty: false)
        from joined in Sequence(groups.Select(_ => Moment))
        from isNone in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Membership
        {
            UserId = User,
            OrganizationId = id,
            Kind = kind,
            SubjectSince = since,
            IdentityProvider = provider,
            Groups = (isNone ? [] : groups.Zip(joined, KeyValuePair.Create)).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };

    private static Gen<Account> Account(ImmutableArray<MemberPolicy> members) =>
        from enrolled in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from extensions in (from id in Gen.Elements(s_organizations.AsEnumerable()) from days in Gen.Choose(1, 20) select new GraceExtension(id, TimeSpan.FromDays(days))).ListOf()
        from hasExtensions in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from exemption in from id in Gen.Elements(s_organizations.AsEnumerable()) from until in Moment select new GraceExemption(id, until)
        from isExempt in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from seen in Sequence(members.SelectMany(m => m.Policy.Rules.Select(rule => FirstSignIn(m.Policy.OrganizationId, rule.Id))))
        select new Account
        {
            UserId = User,
            Active = enrolled ? Authenticator : null,
            GraceExtensions = hasExtensions ? [.. extensions.Take(3)] : [],
            Exemptions = isExempt ? [exemption] : [],
            FirstSignIns = [.. seen.OfType<FirstSignIn>().Where(first => first.At <= Noon)],
        };

    private static Gen<FirstSignIn?> FirstSignIn(OrganizationId id, string rule) =>
        from recorded in Gen.Elements(true, false)
        from at in Moment
        select recorded ? new FirstSignIn(id, rule, at) : null;

    private static Gen<EnforcementRequest> Request { get; } =
        from method in Method
        from client in Gen.Frequency((3, Gen.Constant(ClientKind.Browser)), (4, Gen.Elements(Enum.GetValues<ClientKind>())))
        from activation in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from asserts in Gen.Elements(true, false)
        from amr in Some(["mfa", "otp", "pwd"], oftenEmpty: false)
        from ago in Gen.Elements(TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(61), TimeSpan.FromDays(31), TimeSpan.FromMinutes(-2))
        select new EnforcementRequest
        {
            Method = method,
            Client = client,
            IsActivation = activation,
            Upstream = asserts ? new UpstreamAssertion(amr, Noon - ago) : null,
        };

    /// <summary>A user of up to three organisations signs in.</summary>
    public static Gen<World> World { get; } =
        from count in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Constant(1)), (4, Gen.Constant(2)), (3, Gen.Constant(3)))
        from memberships in Sequence(s_organizations.Take(count).Select(Membership))
        from policies in Sequence(s_organizations.Take(count).Select(Policy))
        let members = memberships.Zip(policies, (m, p) => new MemberPolicy(m, p)).ToImmutableArray()
        from account in Account(members)
        from request in Request
        select new World(account, members, request, Noon);

    /// <summary>A confirmed authenticator; what is in it does not matter to enforcement.</summary>
    public static ActiveEnrollment Authenticator { get; } = new()
    {
        Id = new EnrollmentId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
        ProtectedSecret = [1],
        Parameters = TotpParameters.Default,
        Issuer = "Acme",
        AccountName = "ada",
        ConfirmedAt = Noon.AddDays(-1),
        LastAcceptedStep = 0,
    };

    private static Gen<ImmutableArray<T>> Some<T>(ImmutableArray<T> items, bool oftenEmpty) =>
        from picks in Gen.ArrayOf(Gen.Elements(true, false), items.Length)
        from skip in Gen.Frequency((oftenEmpty ? 4 : 0, Gen.Constant(true)), (1, Gen.Constant(false)))
        from one in Gen.Choose(0, items.Length - 1)
        select skip ? [] : items.Where((_, i) => picks[i] || i == one).ToImmutableArray();

    private static Gen<ImmutableArray<T>> Sequence<T>(IEnumerable<Gen<T>> generators) =>
        generators.Aggregate(
            Gen.Constant(ImmutableArray<T>.Empty),
            (list, next) => from head in list from item in next select head.Add(item));
}
