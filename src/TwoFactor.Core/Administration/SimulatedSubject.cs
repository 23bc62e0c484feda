using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>One member in a simulation.</summary>
/// <param name="Account">The account.</param>
/// <param name="Drafted">All memberships, with the draft in its place.</param>
/// <param name="Now">Under what is saved, now.</param>
/// <param name="Then">Under the draft, then.</param>
internal sealed record SimulatedSubject(Account Account, ImmutableArray<MemberPolicy> Drafted, SimulatedDecision Now, SimulatedDecision Then)
{
    /// <summary>False when there is no need to look closer.</summary>
    public bool MayBeStopped =>
        Then.Kind is SimulatedOutcome.Deny or SimulatedOutcome.EnrollElsewhere || Account.Attempts.CodeLock is not null || Account.Attempts.PasswordLock is not null;

    public static async ValueTask<SimulatedSubject> MakeAsync(
        StreamedMember member, OrganizationPolicy draft, SimulationQuery query, DateTimeOffset now, DateTimeOffset at, PolicyBook book, CancellationToken cancellationToken)
    {
        var saved = await book.SavedAsync(member.Memberships, cancellationToken).ConfigureAwait(false);
        var (drafted, request) = (PolicyBook.With(saved, draft), query.ToEnforcement());
        return new SimulatedSubject(
            member.Account,
            drafted,
            SimulatedDecision.Make(member.Account, saved, request, now),
            SimulatedDecision.Make(member.Account, drafted, request, at));
    }

    public bool Matches(SimulationQuery query) =>
        (query.Now is not { } now || now == Now.Kind) && (query.Then is not { } then || then == Then.Kind);

    public SimulatedUser ToUser() => new(Account.UserId, Now.Kind, Then.Kind, Then.Decision.Outcome switch
    {
        EnforcementOutcome.AllowUntil until => until.Deadline,
        EnforcementOutcome.RequireEnrollment required => required.Deadline,
        EnforcementOutcome.EnrollElsewhere elsewhere => elsewhere.Deadline,
        EnforcementOutcome.Deny deny => deny.Deadline,
        _ => null,
    });
}
