using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>Examines rules one by one for one user and one sign-in.</summary>
internal sealed class RuleExaminer(Account account, EnforcementRequest request, DateTimeOffset now)
{
    // An assertion from further ahead means that a clock is wrong, and is not believed.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public MethodVerdict ExamineMethod(MemberPolicy member)
    {
        var requirement = member.Policy.RequirementFor(request.Method, member.Membership);
        var asks = requirement switch
        {
            MethodRequirement.Exempt => false,
            MethodRequirement.AcceptUpstream accept => !IsAccepted(accept),
            _ => true,
        };
        return new MethodVerdict(member.Policy.OrganizationId, member.Policy.Version, requirement, asks);
    }

    public RuleFinding Examine(MemberPolicy member, EnforcementRule rule, bool asksForFactor)
    {
        var (membership, policy) = (member.Membership, member.Policy);
        RuleFinding Unbound(RuleStanding standing) => new(policy, rule, standing);

        if (rule.Mode == EnforcementMode.Off) return Unbound(RuleStanding.Off);
        if (now < rule.Start) return Unbound(RuleStanding.NotStarted);
        if (rule.Target.BindsSince(membership) is not { } since) return Unbound(RuleStanding.NotTargeted);
        if (rule.ExcludedGroups.Any(membership.Groups.ContainsKey)) return Unbound(RuleStanding.GroupExcluded);
        if (rule.ExcludedUsers.Any(e => e.UserId == membership.UserId && now < e.Until)) return Unbound(RuleStanding.UserExcluded);
        if (account.Exemptions.Any(e => e.OrganizationId == policy.OrganizationId && now < e.Until)) return Unbound(RuleStanding.Exempted);
        if (!rule.Methods.Contains(request.Method.Kind)) return Unbound(RuleStanding.MethodNotCovered);
        if (!asksForFactor) return Unbound(RuleStanding.MethodExempt);

        var anchor = since > rule.Start ? since : rule.Start;
        var first = rule.Anchor == GraceAnchor.FirstSignIn ? FirstSignIn(policy, rule) : null;
        if (first is not null && first.At > anchor) anchor = first.At;
        var isNew = first is not null && !account.FirstSignIns.Contains(first);
        return new RuleFinding(policy, rule, RuleStanding.Decides)
        {
            Anchor = anchor,
            Deadline = Extended(Later(anchor, rule.Grace), policy),
            FirstSignIn = isNew ? first : null,
        };
    }

    private FirstSignIn FirstSignIn(OrganizationPolicy policy, EnforcementRule rule) =>
        account.FirstSignIns.FirstOrDefault(f => f.OrganizationId == policy.OrganizationId && string.Equals(f.RuleId, rule.Id, StringComparison.Ordinal))
        ?? new FirstSignIn(policy.OrganizationId, rule.Id, now);

    private DateTimeOffset Extended(DateTimeOffset deadline, OrganizationPolicy policy) =>
        account.GraceExtensions.Where(e => e.OrganizationId == policy.OrganizationId).Aggregate(deadline, (later, e) => Later(later, e.Extra));

    private bool IsAccepted(MethodRequirement.AcceptUpstream accept) =>
        request.Upstream is { } upstream
        && upstream.AuthenticatedAt - now <= Ahead
        && now - upstream.AuthenticatedAt <= accept.MaxAge
        && !upstream.Amr.IsDefault
        && accept.Amr.Any(amr => upstream.Amr.Contains(amr, StringComparer.Ordinal));

    // In UTC, because a clock on the wall that is ahead reaches the end of time sooner; there is no deadline after the end.
    private static DateTimeOffset Later(DateTimeOffset moment, TimeSpan by) =>
        new((long)Int128.Clamp((Int128)moment.UtcTicks + by.Ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}
