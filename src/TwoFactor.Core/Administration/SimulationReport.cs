using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>How many users go from one outcome to another.</summary>
/// <param name="Now">Under what is saved, now.</param>
/// <param name="Then">Under the draft, at the time that was asked for.</param>
/// <param name="Users">How many; at least 1.</param>
public sealed record SimulatedChange(SimulatedOutcome Now, SimulatedOutcome Then, long Users);

/// <summary>An administrator who cannot sign in.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="From">From when; in a simulation the time that was asked for.</param>
public sealed record StoppedAdministrator(UserId UserId, SignInHindrance Reason, DateTimeOffset From);

/// <summary>
/// What a draft would do to all members of its organisation. Locks are no part of the counts: they are those of
/// <see cref="EnforcementDecider"/>, over all organisations of each user.
/// </summary>
public sealed record SimulationReport
{
    /// <summary>When "now" was.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When "then" is.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many members there are.</summary>
    public required long Users { get; init; }

    /// <summary>From what to what: each pair that occurs, ordered, those who stay as they are included.</summary>
    public required ImmutableArray<SimulatedChange> Changes { get; init; }

    /// <summary>
    /// How those of the draft's users would fare for whom rules that only report would decide otherwise, were they enforced; ordered.
    /// </summary>
    public required ImmutableArray<SimulatedChange> Reported { get; init; }

    /// <summary>Administrators of the organisation who could not sign in then, by the method asked for; at most 1,000, ordered by id.</summary>
    public required ImmutableArray<StoppedAdministrator> StoppedAdministrators { get; init; }

    /// <summary>False when the host has no <see cref="IAdministratorRoles"/>: then nobody knows who is one.</summary>
    public required bool AdministratorsAreKnown { get; init; }

    /// <summary>How many have an outcome now.</summary>
    public long CountNow(SimulatedOutcome outcome) => Changes.Where(change => change.Now == outcome).Sum(change => change.Users);

    /// <summary>How many have an outcome then.</summary>
    public long CountThen(SimulatedOutcome outcome) => Changes.Where(change => change.Then == outcome).Sum(change => change.Users);
}
