using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>
/// Who must have, or show, a second factor. A pure, total function of account, memberships, policies, request and time; deadlines are never
/// stored, always derived. Over several organisations the strictest answer wins.
/// </summary>
public static class EnforcementDecider
{
    // The three answers to users of no organisation, of whom most hosts have most.
    private static readonly EnforcementDecision Challenge = WithoutOrganization(new EnforcementOutcome.RequireChallenge(), asks: true);
    private static readonly EnforcementDecision NotEnrolled = WithoutOrganization(new EnforcementOutcome.Allow(), asks: true);
    private static readonly EnforcementDecision NotAsked = WithoutOrganization(new EnforcementOutcome.Allow(), asks: false);

    /// <summary>Decides.</summary>
    /// <param name="account">The user's account.</param>
    /// <param name="memberships">The user's memberships with the policies; in any order.</param>
    /// <param name="request">The sign-in.</param>
    /// <param name="now">The time of the operation.</param>
    public static EnforcementDecision Decide(Account account, ImmutableArray<MemberPolicy> memberships, EnforcementRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(request);
        // Without an organisation the method alone says; with several, one that asks is enough.
        if (memberships.IsDefaultOrEmpty) return !IsCoveredByDefault(request.Method) ? NotAsked : account.Active is null ? NotEnrolled : Challenge;
        return Decide(account, [.. memberships.OrderBy(m => m.Policy.OrganizationId.Value, StringComparer.Ordinal)], request, new RuleExaminer(account, request, now), now);
    }

    private static EnforcementDecision Decide(
        Account account, ImmutableArray<MemberPolicy> ordered, EnforcementRequest request, RuleExaminer examiner, DateTimeOffset now)
    {
        ImmutableArray<MethodVerdict> methods = [.. ordered.Select(examiner.ExamineMethod)];
        ImmutableArray<RuleFinding> findings =
            [.. ordered.SelectMany((m, i) => m.Policy.Rules.Select(rule => examiner.Examine(m, rule, methods[i].AsksForFactor)))];
        var asks = methods.Any(method => method.AsksForFactor);
        return account.Active is null ? Unenrolled(findings, methods, asks, request, now) : Enrolled(findings, methods, asks);
    }

    private static EnforcementDecision WithoutOrganization(EnforcementOutcome outcome, bool asks) => new(outcome, EnforcementExplanation.None, null, asks, []);

    private static EnforcementDecision Enrolled(ImmutableArray<RuleFinding> findings, ImmutableArray<MethodVerdict> methods, bool asks)
    {
        EnforcementOutcome outcome = asks ? new EnforcementOutcome.RequireChallenge() : new EnforcementOutcome.Allow();
        // Signing in with a factor is signing in under the rule: to remove the factor later must not begin a grace.
        return new EnforcementDecision(outcome, Explain(findings, methods, _ => RuleStanding.Satisfied), null, asks, FirstSignIns(findings));
    }

    private static EnforcementDecision Unenrolled(
        ImmutableArray<RuleFinding> findings, ImmutableArray<MethodVerdict> methods, bool asks, EnforcementRequest request, DateTimeOffset now)
    {
        var enforced = findings.Where(f => f.Binds && f.Rule.Mode == EnforcementMode.Enforce).ToImmutableArray();
        var outcome = Strictest(enforced, request, now, out var deciding);
        var would = Strictest([.. findings.Where(f => f.Binds)], request, now, out _);
        var explanation = Explain(findings, methods, f => f.Rule.Mode == EnforcementMode.ReportOnly
            ? RuleStanding.ReportsOnly
            : deciding.Contains(f) ? RuleStanding.Decides : RuleStanding.Outweighed);
        return new EnforcementDecision(outcome, explanation, would == outcome ? null : would, asks, FirstSignIns(findings));
    }

    private static ImmutableArray<FirstSignIn> FirstSignIns(ImmutableArray<RuleFinding> findings) => [.. findings.Select(f => f.FirstSignIn).OfType<FirstSignIn>()];

    private static EnforcementOutcome Strictest(
        ImmutableArray<RuleFinding> binding, EnforcementRequest request, DateTimeOffset now, out ImmutableArray<RuleFinding> deciding)
    {
        deciding = [];
        if (binding.IsEmpty) return new EnforcementOutcome.Allow();
        var strictest = binding.Min(f => Rank(f, request, now));
        ImmutableArray<RuleFinding> first = [.. binding.Where(f => Rank(f, request, now) == strictest)];
        var (outcome, narrowing) = EnrollmentClients.Weigh(binding, first, clients => OutcomeOf(strictest.Severity, strictest.Deadline, clients, request.Client));
        deciding = first.AddRange(narrowing.Except(first));
        return outcome;
    }

    private static EnforcementOutcome OutcomeOf(Severity severity, DateTimeOffset deadline, ImmutableArray<ClientKind> clients, ClientKind client)
    {
        var here = clients.Contains(client);
        return severity switch
        {
            Severity.Denied => new EnforcementOutcome.Deny(deadline),
            Severity.InGrace => new EnforcementOutcome.AllowUntil(deadline, here),
            _ when here => new EnforcementOutcome.RequireEnrollment(deadline),
            _ => new EnforcementOutcome.EnrollElsewhere(deadline, clients),
        };
    }

    private enum Severity
    {
        Denied = 0,
        MustEnroll = 1,
        InGrace = 2,
    }

    private static (Severity Severity, DateTimeOffset Deadline) Rank(RuleFinding finding, EnforcementRequest request, DateTimeOffset now)
    {
        // A new user in activation is not late, and is never turned away for it: he sets up, and may not postpone.
        if (request.IsActivation) return (Severity.MustEnroll, finding.Anchor);
        if (now < finding.Deadline) return (Severity.InGrace, finding.Deadline);
        return (finding.AfterGrace == AfterGrace.Deny ? Severity.Denied : Severity.MustEnroll, finding.Deadline);
    }

    private static EnforcementExplanation Explain(
        ImmutableArray<RuleFinding> findings, ImmutableArray<MethodVerdict> methods, Func<RuleFinding, RuleStanding> standingOfBinding)
    {
        var verdicts = findings.Select(f => f.ToVerdict(f.Binds ? standingOfBinding(f) : f.Standing)).OrderBy(v => v.Standing);
        return new EnforcementExplanation([.. verdicts], methods);
    }

    private static bool IsCoveredByDefault(SignInMethod method) => method.Kind is not (SignInMethodKind.Sso or SignInMethodKind.External);
}
