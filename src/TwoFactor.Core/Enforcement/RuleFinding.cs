using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>What one rule says to one user's sign-in, before rules are weighed against each other.</summary>
internal sealed record RuleFinding(OrganizationPolicy Policy, EnforcementRule Rule, RuleStanding Standing)
{
    /// <summary>True when it binds (or would, if it did not only report).</summary>
    public bool Binds => Standing == RuleStanding.Decides;

    public DateTimeOffset Anchor { get; init; }

    public DateTimeOffset Deadline { get; init; }

    public FirstSignIn? FirstSignIn { get; init; }

    public AfterGrace AfterGrace => Policy.AfterGrace;

    public ImmutableArray<ClientKind> EnrollmentClients => Policy.EnrollmentClients;

    public RuleVerdict ToVerdict(RuleStanding standing) => new()
    {
        OrganizationId = Policy.OrganizationId,
        PolicyVersion = Policy.Version,
        RuleId = Rule.Id,
        Standing = standing,
        Anchor = Binds ? Anchor : null,
        Deadline = Binds ? Deadline : null,
    };
}
