using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>What enforcement says to a passed first factor. A closed hierarchy, from mild to strict.</summary>
public abstract record EnforcementOutcome
{
    private EnforcementOutcome()
    {
    }

    /// <summary>Nothing is asked for.</summary>
    public sealed record Allow : EnforcementOutcome;

    /// <summary>Prompt for the set-up, which may be postponed.</summary>
    /// <param name="Deadline">Until when.</param>
    /// <param name="CanEnrollHere">False when this client cannot set up an authenticator.</param>
    public sealed record AllowUntil(DateTimeOffset Deadline, bool CanEnrollHere) : EnforcementOutcome;

    /// <summary>Ask for a code of the authenticator or a backup code.</summary>
    public sealed record RequireChallenge : EnforcementOutcome;

    /// <summary>Let the user into the set-up alone.</summary>
    /// <param name="Deadline">Since when the grace is over; for a new user in activation, since when the rule binds.</param>
    public sealed record RequireEnrollment(DateTimeOffset Deadline) : EnforcementOutcome;

    /// <summary>An authenticator must be set up, and this client cannot do it: tell the user where to go.</summary>
    /// <param name="Deadline">Since when the grace is over.</param>
    /// <param name="Clients">The clients that can.</param>
    public sealed record EnrollElsewhere(DateTimeOffset Deadline, ImmutableArray<ClientKind> Clients) : EnforcementOutcome
    {
        /// <inheritdoc/>
        public bool Equals(EnrollElsewhere? other) => other is not null && Deadline == other.Deadline && Clients.SequenceEqual(other.Clients);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Deadline, Clients.Length);
    }

    /// <summary>Turned away: grace is over, and an administrator must help.</summary>
    /// <param name="Deadline">Since when the grace is over.</param>
    public sealed record Deny(DateTimeOffset Deadline) : EnforcementOutcome;
}
