using System.Numerics;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;

namespace TwoFactor.Tests.Enforcement;

/// <summary>
/// The decider once more, written from the rules in <c>docs/policies.md</c> alone, sentence by sentence, with no thought of speed or of
/// explanations. Where the two differ one of them is wrong.
/// </summary>
internal static class ReferenceDecider
{
    public static EnforcementOutcome Decide(World world, bool includeReportOnly = false)
    {
        // "An enrolled user is challenged on covered methods even where he need not enrol"; one organisation that asks is enough.
        if (world.Account.Active is not null) return Asks(world) ? new EnforcementOutcome.RequireChallenge() : new EnforcementOutcome.Allow();

        var binding = world.Rules.Where(r => Binds(world, r.Member, r.Rule, includeReportOnly)).ToList();
        if (binding.Count == 0) return new EnforcementOutcome.Allow();

        // "New users in activation have no grace."
        if (world.Request.IsActivation)
        {
            var earliest = binding.Min(r => Anchor(world, r.Member, r.Rule));
            return Enroll(world, binding, binding.Where(r => Anchor(world, r.Member, r.Rule) == earliest), Time(earliest));
        }

        // "The strictest wins": turned away before set-up alone before a prompt; among equals the earliest deadline.
        var over = binding.Where(r => Deadline(world, r.Member, r.Rule) <= world.Now.UtcTicks).ToList();
        var denied = over.Where(r => r.Member.Policy.AfterGrace == AfterGrace.Deny).ToList();
        if (denied.Count > 0) return new EnforcementOutcome.Deny(Time(denied.Min(r => Deadline(world, r.Member, r.Rule))));
        var first = binding.Min(r => Deadline(world, r.Member, r.Rule));
        var deciding = binding.Where(r => Deadline(world, r.Member, r.Rule) == first);
        if (over.Count > 0) return Enroll(world, binding, deciding, Time(first));
        return new EnforcementOutcome.AllowUntil(Time(first), Clients(binding, deciding).Contains(world.Request.Client));
    }

    /// <summary>Whether some organisation wants a second factor after this first one; without an organisation, by the method alone.</summary>
    public static bool Asks(World world) => world.Members.IsEmpty
        ? world.Request.Method.Kind is SignInMethodKind.Password or SignInMethodKind.MagicLink
        : world.Members.Any(m => Asks(world, m));

    /// <summary>max(rule start, subject since) + grace + extensions, in ticks without a limit.</summary>
    public static BigInteger Deadline(World world, MemberPolicy member, EnforcementRule rule) =>
        BigInteger.Min(
            DateTimeOffset.MaxValue.UtcTicks,
            Anchor(world, member, rule) + rule.Grace.Ticks
                + world.Account.GraceExtensions.Where(e => e.OrganizationId == member.Policy.OrganizationId).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Extra.Ticks));

    private static EnforcementOutcome Enroll(
        World world, List<(MemberPolicy Member, EnforcementRule Rule)> binding, IEnumerable<(MemberPolicy Member, EnforcementRule Rule)> deciding, DateTimeOffset deadline)
    {
        var clients = Clients(binding, deciding);
        return clients.Contains(world.Request.Client)
            ? new EnforcementOutcome.RequireEnrollment(deadline)
            : new EnforcementOutcome.EnrollElsewhere(deadline, [.. clients.Order()]);
    }

    // Strictest wins for clients, too: those that all allow. When there is none, somebody would be stranded: then those of the deciding one.
    private static List<ClientKind> Clients(IEnumerable<(MemberPolicy Member, EnforcementRule Rule)> binding, IEnumerable<(MemberPolicy Member, EnforcementRule Rule)> deciding)
    {
        var common = Enum.GetValues<ClientKind>().Where(client => binding.All(r => r.Member.Policy.EnrollmentClients.Contains(client))).ToList();
        return common.Count > 0 ? common : [.. deciding.MinBy(r => r.Member.Policy.OrganizationId.Value, StringComparer.Ordinal).Member.Policy.EnrollmentClients];
    }

    private static bool Binds(World world, MemberPolicy member, EnforcementRule rule, bool includeReportOnly) =>
        (rule.Mode == EnforcementMode.Enforce || (includeReportOnly && rule.Mode == EnforcementMode.ReportOnly))
        && rule.Start <= world.Now
        && Since(member.Membership, rule.Target) is not null
        && !rule.ExcludedGroups.Any(member.Membership.Groups.ContainsKey)
        && !rule.ExcludedUsers.Any(e => e.UserId == world.Account.UserId && world.Now < e.Until)
        && !world.Account.Exemptions.Any(e => e.OrganizationId == member.Policy.OrganizationId && world.Now < e.Until)
        && rule.Methods.Contains(world.Request.Method.Kind)
        && Asks(world, member);

    private static bool Asks(World world, MemberPolicy member)
    {
        var (method, membership) = (world.Request.Method, member.Membership);
        var row = member.Policy.Methods.FirstOrDefault(r => (r.Method ?? method.Kind) == method.Kind && (r.Kind ?? membership.Kind) == membership.Kind
            && (r.IdentityProvider is null
                || (method.Kind == SignInMethodKind.Sso && r.IdentityProvider == membership.IdentityProvider)
                || (method.Kind == SignInMethodKind.External && r.IdentityProvider == method.Provider)));
        return row?.Requirement switch
        {
            null => method.Kind is SignInMethodKind.Password or SignInMethodKind.MagicLink,
            MethodRequirement.Exempt => false,
            MethodRequirement.AcceptUpstream accept => !(world.Request.Upstream is { } u && u.Amr.Intersect(accept.Amr).Any()
                && world.Now - u.AuthenticatedAt <= accept.MaxAge && u.AuthenticatedAt - world.Now <= TimeSpan.FromMinutes(1)),
            _ => true,
        };
    }

    private static DateTimeOffset? Since(Membership membership, RuleTarget target) => target switch
    {
        RuleTarget.ExternalCollaborators when membership.Kind != MembershipKind.ExternalCollaborator => null,
        RuleTarget.InGroups groups when !groups.Groups.Any(membership.Groups.ContainsKey) => null,
        RuleTarget.InGroups groups => groups.Groups.SelectMany(g => new[] { membership.Groups, membership.FormerGroups }.Where(d => d.ContainsKey(g)).Select(d => d[g])).Min(),
        _ => membership.SubjectSince,
    };

    private static BigInteger Anchor(World world, MemberPolicy member, EnforcementRule rule)
    {
        var anchor = Math.Max(rule.Start.UtcTicks, Since(member.Membership, rule.Target)!.Value.UtcTicks);
        if (rule.Anchor == GraceAnchor.RuleStart) return anchor;
        var first = world.Account.FirstSignIns.FirstOrDefault(f => f.OrganizationId == member.Policy.OrganizationId && f.RuleId == rule.Id)?.At ?? world.Now;
        return Math.Max(anchor, first.UtcTicks);
    }

    private static DateTimeOffset Time(BigInteger ticks) => new((long)ticks, TimeSpan.Zero);
}
