using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>How a rule stands in a decision.</summary>
public enum RuleStanding
{
    /// <summary>
    /// It binds, and without it and the others that decide the outcome would be another one: no other binds harder, or its organisation
    /// narrows the clients on which an authenticator can be set up.
    /// </summary>
    Decides = 1,

    /// <summary>It binds, but another binds harder or earlier, and without it the outcome would be the same.</summary>
    Outweighed = 2,

    /// <summary>It would bind, but only reports.</summary>
    ReportsOnly = 3,

    /// <summary>It rests.</summary>
    Off = 4,

    /// <summary>It has not begun.</summary>
    NotStarted = 5,

    /// <summary>The user is not among whom it binds.</summary>
    NotTargeted = 6,

    /// <summary>The user is in a group that it excludes.</summary>
    GroupExcluded = 7,

    /// <summary>It excludes the user, for a while.</summary>
    UserExcluded = 8,

    /// <summary>An administrator has exempted the user from the organisation's rules, for a while.</summary>
    Exempted = 9,

    /// <summary>It does not cover the sign-in method.</summary>
    MethodNotCovered = 10,

    /// <summary>The organisation exempts the sign-in method, or its own second factor was accepted.</summary>
    MethodExempt = 11,

    /// <summary>The user is enrolled: what it asks for is there.</summary>
    Satisfied = 12,
}

/// <summary>One rule's part in a decision.</summary>
public sealed record RuleVerdict
{
    /// <summary>Whose rule.</summary>
    public required OrganizationId OrganizationId { get; init; }

    /// <summary>The version of the policy it stands in.</summary>
    public required long PolicyVersion { get; init; }

    /// <summary>Which rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>How it stands.</summary>
    public required RuleStanding Standing { get; init; }

    /// <summary>From when the user's grace runs; null when the rule does not bind.</summary>
    public DateTimeOffset? Anchor { get; init; }

    /// <summary>When the user's grace ends, extensions included; null when the rule does not bind.</summary>
    public DateTimeOffset? Deadline { get; init; }
}

/// <summary>What an organisation says to the sign-in method.</summary>
/// <param name="OrganizationId">Which.</param>
/// <param name="PolicyVersion">The version of its policy.</param>
/// <param name="Requirement">The row of its method matrix that applies.</param>
/// <param name="AsksForFactor">True when a second factor is asked for here.</param>
public sealed record MethodVerdict(OrganizationId OrganizationId, long PolicyVersion, MethodRequirement Requirement, bool AsksForFactor);

/// <summary>Why a decision is what it is: every rule of every organisation of the user, and what each says to the method.</summary>
/// <param name="Rules">The deciding rules first, then those that were outweighed, then those that do not bind.</param>
/// <param name="Methods">One entry an organisation.</param>
public sealed record EnforcementExplanation(ImmutableArray<RuleVerdict> Rules, ImmutableArray<MethodVerdict> Methods)
{
    /// <summary>Of a user who belongs to no organisation.</summary>
    public static EnforcementExplanation None { get; } = new([], []);

    /// <summary>The rules that decide; empty when no rule binds.</summary>
    public IEnumerable<RuleVerdict> Deciding => Rules.Where(rule => rule.Standing == RuleStanding.Decides);
}

/// <summary>An outcome with its explanation.</summary>
/// <param name="Outcome">What to do.</param>
/// <param name="Explanation">Why.</param>
/// <param name="WouldBe">What the outcome would be if rules that only report were enforced; null when it would be the same.</param>
/// <param name="AsksForFactor">True when the sign-in method is one that a second factor follows, whether or not the user has one.</param>
/// <param name="FirstSignIns">First sign-ins under a rule that this sign-in makes; to be recorded once.</param>
public sealed record EnforcementDecision(
    EnforcementOutcome Outcome, EnforcementExplanation Explanation, EnforcementOutcome? WouldBe, bool AsksForFactor, ImmutableArray<FirstSignIn> FirstSignIns);
