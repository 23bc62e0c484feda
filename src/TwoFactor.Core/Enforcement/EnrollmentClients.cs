using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>Where an authenticator may be set up when several organisations bind, and whose rules that comes from.</summary>
internal static class EnrollmentClients
{
    /// <summary>The outcome under the clients that all binding organisations allow, and the rules whose organisations narrowed it to that.</summary>
    /// <param name="binding">All rules that bind.</param>
    /// <param name="first">Those that bind hardest.</param>
    /// <param name="outcome">The outcome for a set of clients.</param>
    public static (EnforcementOutcome Outcome, ImmutableArray<RuleFinding> Narrowing) Weigh(
        ImmutableArray<RuleFinding> binding, ImmutableArray<RuleFinding> first, Func<ImmutableArray<ClientKind>, EnforcementOutcome> outcome)
    {
        var (own, all) = (Common(first), Common(binding));
        var decided = outcome(OrOf(first[0], all));
        // An outcome that is the same without the others is not theirs; that all have no client in common is.
        var isNarrowed = decided is not EnforcementOutcome.Deny && (all.IsEmpty || outcome(OrOf(first[0], own)) != decided);
        return (decided, isNarrowed ? [.. binding.Where(f => own.Except(f.EnrollmentClients).Any())] : []);
    }

    private static ImmutableArray<ClientKind> Common(ImmutableArray<RuleFinding> findings) =>
        [.. findings.Aggregate(Enum.GetValues<ClientKind>().AsEnumerable(), (clients, f) => clients.Intersect(f.EnrollmentClients)).Order()];

    // Organisations that allow no client in common would strand the user: then the clients of one that binds hardest count.
    private static ImmutableArray<ClientKind> OrOf(RuleFinding deciding, ImmutableArray<ClientKind> common) =>
        common.IsEmpty ? [.. deciding.EnrollmentClients.Distinct().Order()] : common;
}
