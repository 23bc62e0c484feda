using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>Whether a rule acts, only says what it would do, or rests.</summary>
public enum EnforcementMode
{
    /// <summary>Decisions are recorded and nobody is stopped.</summary>
    ReportOnly = 1,

    /// <summary>Decisions bind.</summary>
    Enforce = 2,

    /// <summary>The rule rests. It keeps its start, so that turning it off and on again gives nobody new grace.</summary>
    Off = 3,
}

/// <summary>From when a user's grace runs.</summary>
public enum GraceAnchor
{
    /// <summary>The later of the rule's start and the time from which the user is subject to it.</summary>
    RuleStart = 1,

    /// <summary>The user's first sign-in under the rule, recorded once; not before <see cref="RuleStart"/>'s anchor.</summary>
    FirstSignIn = 2,
}

/// <summary>"These people must have a second factor, from then on, after so much grace." Part of an <see cref="OrganizationPolicy"/>.</summary>
public sealed record EnforcementRule
{
    /// <summary>Its name within the policy: 1 to 64 printable characters. It is what explanations and the audit trail call it.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it binds. Default everyone.</summary>
    public RuleTarget Target { get; init; } = new RuleTarget.Everyone();

    /// <summary>Groups that it does not bind, whatever the target says.</summary>
    public ImmutableArray<string> ExcludedGroups { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Users that it does not bind, such as service accounts, each until a time.</summary>
    public ImmutableArray<UserExclusion> ExcludedUsers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>When it begins to bind. Before, nobody is prompted.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long a user may postpone. 0 to 365 days; default 7 days.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From when the grace runs. Default <see cref="GraceAnchor.RuleStart"/>.</summary>
    public GraceAnchor Anchor { get; init; } = GraceAnchor.RuleStart;

    /// <summary>The sign-in methods that it covers. Default password and magic link.</summary>
    public ImmutableArray<SignInMethodKind> Methods { get => field.IsDefault ? DefaultMethods : field; init; } = DefaultMethods;

    /// <summary>Whether it binds, only reports, or rests. Default <see cref="EnforcementMode.Enforce"/>.</summary>
    public EnforcementMode Mode { get; init; } = EnforcementMode.Enforce;

    private static ImmutableArray<SignInMethodKind> DefaultMethods { get; } = [SignInMethodKind.Password, SignInMethodKind.MagicLink];
}

/// <summary>A user that a rule does not bind for a while.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Until">The moment from which the rule binds again.</param>
/// <param name="Reason">Why; up to 200 printable characters.</param>
public sealed record UserExclusion(UserId UserId, DateTimeOffset Until, string Reason);
