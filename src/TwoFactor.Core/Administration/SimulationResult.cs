using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>The answer to the wish to see what a draft would do. A closed hierarchy.</summary>
public abstract record SimulationResult
{
    private SimulationResult()
    {
    }

    /// <summary>All members were looked at.</summary>
    /// <param name="Report">What was found.</param>
    public sealed record Simulated(SimulationReport Report) : SimulationResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : SimulationResult;

    /// <summary>The draft, or the query, is faulty.</summary>
    /// <param name="Errors">Each fault with its field.</param>
    public sealed record Invalid(ImmutableArray<PolicyError> Errors) : SimulationResult;
}

/// <summary>A user under a draft.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Now">Under what is saved, now.</param>
/// <param name="Then">Under the draft, at the time that was asked for.</param>
/// <param name="Deadline">The deadline of <paramref name="Then"/>; null when it has none.</param>
public sealed record SimulatedUser(UserId UserId, SimulatedOutcome Now, SimulatedOutcome Then, DateTimeOffset? Deadline);

/// <summary>The answer to the wish to see which users a draft would touch. A closed hierarchy.</summary>
public abstract record SimulatedUsersResult
{
    private SimulatedUsersResult()
    {
    }

    /// <summary>A page. It can be short, even empty, with a next page when few users match.</summary>
    /// <param name="Users">Ordered by id.</param>
    /// <param name="Next">After whom the next page begins; null on the last.</param>
    public sealed record Page(ImmutableArray<SimulatedUser> Users, UserId? Next) : SimulatedUsersResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : SimulatedUsersResult;

    /// <summary>The draft, or the query, is faulty.</summary>
    /// <param name="Errors">Each fault with its field.</param>
    public sealed record Invalid(ImmutableArray<PolicyError> Errors) : SimulatedUsersResult;
}

/// <summary>The answer to the question why a draft would do that to a user. A closed hierarchy.</summary>
public abstract record SimulatedUserResult
{
    private SimulatedUserResult()
    {
    }

    /// <summary>
    /// The user, with the rules of the draft's organisation and how they stand. Those of other organisations count in the outcome and are not
    /// shown: they are not this administrator's to read.
    /// </summary>
    /// <param name="User">As in the list.</param>
    /// <param name="Now">Why, under what is saved, now.</param>
    /// <param name="Then">Why, under the draft.</param>
    /// <param name="OthersDecide">True when rules of another organisation have part in the outcome then.</param>
    public sealed record Found(SimulatedUser User, EnforcementExplanation Now, EnforcementExplanation Then, bool OthersDecide) : SimulatedUserResult;

    /// <summary>The user does not belong to the organisation.</summary>
    public sealed record NotFound : SimulatedUserResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : SimulatedUserResult;

    /// <summary>The draft, or the query, is faulty.</summary>
    /// <param name="Errors">Each fault with its field.</param>
    public sealed record Invalid(ImmutableArray<PolicyError> Errors) : SimulatedUserResult;
}
