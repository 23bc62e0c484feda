using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>What <see cref="EnforcementDecider"/> says of one user at one time, with its kind for counting. Pure.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Decision">The decision.</param>
internal sealed record SimulatedDecision(SimulatedOutcome Kind, EnforcementDecision Decision)
{
    public static SimulatedDecision Make(Account account, ImmutableArray<MemberPolicy> members, EnforcementRequest request, DateTimeOffset at)
    {
        var decision = EnforcementDecider.Decide(account, members, request, at);
        var kind = KindOf(decision.Outcome);
        if (kind == SimulatedOutcome.Allow && IsExcused(decision) && !IsAllowed(account, members, request, at)) kind = SimulatedOutcome.Exempt;
        return new SimulatedDecision(kind, decision);
    }

    /// <summary>The kind of an outcome, to which exemptions are one with <see cref="SimulatedOutcome.Allow"/>.</summary>
    public static SimulatedOutcome KindOf(EnforcementOutcome outcome) => outcome switch
    {
        EnforcementOutcome.Allow => SimulatedOutcome.Allow,
        EnforcementOutcome.AllowUntil => SimulatedOutcome.AllowUntil,
        EnforcementOutcome.RequireChallenge => SimulatedOutcome.RequireChallenge,
        EnforcementOutcome.RequireEnrollment => SimulatedOutcome.RequireEnrollment,
        EnforcementOutcome.EnrollElsewhere => SimulatedOutcome.EnrollElsewhere,
        EnforcementOutcome.Deny => SimulatedOutcome.Deny,
        _ => throw new ArgumentException($"There is no kind for {outcome?.GetType().Name ?? "null"}.", nameof(outcome)),
    };

    private static bool IsExcused(EnforcementDecision decision) =>
        decision.Explanation.Rules.Any(rule => rule.Standing is RuleStanding.UserExcluded or RuleStanding.Exempted);

    /// <summary>True when the user would be let in without exemptions and exclusions, too: then they are not the reason.</summary>
    private static bool IsAllowed(Account account, ImmutableArray<MemberPolicy> members, EnforcementRequest request, DateTimeOffset at)
    {
        ImmutableArray<MemberPolicy> bare = [.. members.Select(member => member with
        {
            Policy = member.Policy with { Rules = [.. member.Policy.Rules.Select(rule => rule with { ExcludedUsers = [] })] },
        })];
        return EnforcementDecider.Decide(account with { Exemptions = [] }, bare, request, at).Outcome is EnforcementOutcome.Allow;
    }
}
