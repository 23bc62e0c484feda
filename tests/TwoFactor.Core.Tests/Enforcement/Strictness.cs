using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Tests.Enforcement;

/// <summary>How strict an outcome is: what kind it is, and of the same kind the earlier deadline.</summary>
internal readonly record struct Strictness(int Kind, DateTimeOffset? Deadline, bool Elsewhere) : IComparable<Strictness>
{
    public static Strictness Of(EnforcementOutcome outcome) => outcome switch
    {
        EnforcementOutcome.Allow => new(0, null, false),
        EnforcementOutcome.AllowUntil until => new(1, until.Deadline, !until.CanEnrollHere),
        EnforcementOutcome.RequireChallenge => new(2, null, false),
        EnforcementOutcome.RequireEnrollment required => new(3, required.Deadline, false),
        EnforcementOutcome.EnrollElsewhere elsewhere => new(3, elsewhere.Deadline, true),
        EnforcementOutcome.Deny deny => new(4, deny.Deadline, false),
        _ => throw new NotSupportedException(outcome.ToString()),
    };

    /// <summary>The first deadline of all rules that bind; the end of time when none does.</summary>
    public static DateTimeOffset FirstDeadline(EnforcementDecision decision) =>
        decision.Explanation.Rules.Where(r => r.Standing is RuleStanding.Decides or RuleStanding.Outweighed).Select(r => r.Deadline!.Value).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    /// <summary>
    /// True when the organisations' clients have none in common. Then nobody could ever set up, and the clients of the deciding one count:
    /// the only case in which more is not stricter.
    /// </summary>
    public static bool HasNoCommonClient(World world) =>
        !Enum.GetValues<ClientKind>().Any(client => world.Members.All(m => m.Policy.EnrollmentClients.Contains(client)));

    public int CompareTo(Strictness other)
    {
        if (Kind != other.Kind) return Kind.CompareTo(other.Kind);
        if (Deadline != other.Deadline) return Comparer<DateTimeOffset?>.Default.Compare(other.Deadline, Deadline);
        return Elsewhere.CompareTo(other.Elsewhere);
    }
}
