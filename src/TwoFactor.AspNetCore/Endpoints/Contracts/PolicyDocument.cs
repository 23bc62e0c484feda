using System.Collections.Immutable;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>What an organisation demands. It is saved as a whole, by the version that was read.</summary>
public sealed record PolicyDocument
{
    /// <summary>The version that was read: 0 for a policy that was never saved.</summary>
    public required long Version { get; init; }

    /// <summary>Who must have a second factor, from when; at most 100. Default none.</summary>
    public ImmutableArray<RuleDocument> Rules { get; set; } = [];

    /// <summary>Which sign-ins are followed by a second factor; the first row that matches decides. At most 100. Default none.</summary>
    public ImmutableArray<MethodDocument> Methods { get; set; } = [];

    /// <summary>Single sign-on: <c>off</c> (the default), <c>exempt_sso</c> or <c>sso_exclusive</c>.</summary>
    public string Sso { get; set; } = "off";

    /// <summary>What follows grace: <c>require_enrollment</c> (the default) or <c>deny</c>.</summary>
    public string AfterGrace { get; set; } = "require_enrollment";

    /// <summary>Where an authenticator can be set up: <c>browser</c>, <c>desktop</c>, <c>mobile</c>, <c>tablet</c>. Default the first two.</summary>
    public ImmutableArray<string> EnrollmentClients { get; set; } = ["browser", "desktop"];

    /// <summary>Wrong answers; null (the default) for the host's own policy.</summary>
    public LockoutDocument? Lockout { get; set; }

    /// <summary>How many days a device may be trusted: 7 to 90; null (the default) for not at all.</summary>
    public int? TrustedDeviceDays { get; set; }
}

/// <summary>A rule of a policy.</summary>
public sealed record RuleDocument
{
    /// <summary>Its name: 1 to 64 printable characters.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it binds: <c>everyone</c> (the default), <c>groups</c> or <c>external_collaborators</c>.</summary>
    public string Target { get; set; } = "everyone";

    /// <summary>With the target <c>groups</c>: at least one group; otherwise none.</summary>
    public ImmutableArray<string> Groups { get; set; } = [];

    /// <summary>Groups that it does not bind.</summary>
    public ImmutableArray<string> ExcludedGroups { get; set; } = [];

    /// <summary>Users that it does not bind for a while.</summary>
    public ImmutableArray<ExclusionDocument> ExcludedUsers { get; set; } = [];

    /// <summary>When it begins to bind.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long a user may postpone, in seconds: 0 to 31,536,000 (365 days). Default 604,800 (7 days).</summary>
    public double GraceSeconds { get; set; } = 604_800;

    /// <summary>From when the grace runs: <c>rule_start</c> (the default) or <c>first_sign_in</c>.</summary>
    public string Anchor { get; set; } = "rule_start";

    /// <summary>The sign-in methods that it covers: <c>password</c>, <c>magic_link</c>, <c>sso</c>, <c>external</c>. Default the first two.</summary>
    public ImmutableArray<string> Methods { get; set; } = ["password", "magic_link"];

    /// <summary><c>report_only</c>, <c>enforce</c> (the default) or <c>off</c>.</summary>
    public string Mode { get; set; } = "enforce";
}

/// <summary>A user that a rule does not bind for a while.</summary>
public sealed record ExclusionDocument
{
    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary>The moment from which the rule binds again.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Why; up to 200 printable characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>A row of the method matrix.</summary>
public sealed record MethodDocument
{
    /// <summary><c>password</c>, <c>magic_link</c>, <c>sso</c> or <c>external</c>; null (the default) for any.</summary>
    public string? Method { get; set; }

    /// <summary><c>member</c> or <c>external_collaborator</c>; null (the default) for any.</summary>
    public string? Kind { get; set; }

    /// <summary>The identity provider or external provider; null (the default) for any.</summary>
    public string? IdentityProvider { get; set; }

    /// <summary>What follows: <c>exempt</c>, <c>require</c> or <c>accept_upstream</c>.</summary>
    public required string Requirement { get; init; }

    /// <summary>With <c>accept_upstream</c>: the authentication methods of which one must be asserted (RFC 8176); otherwise none.</summary>
    public ImmutableArray<string> Amr { get; set; } = [];

    /// <summary>With <c>accept_upstream</c>: how old the assertion may be, in seconds: 60 to 2,592,000 (30 days); otherwise null.</summary>
    public double? MaxAgeSeconds { get; set; }
}

/// <summary>How many wrong answers are borne. What is left out has the default of the library.</summary>
public sealed record LockoutDocument
{
    /// <summary>Wrong codes that end one sign-in attempt. 1 to 10; default 3.</summary>
    public int ChallengeAttempts { get; set; } = 3;

    /// <summary>Wrong codes in a row that lock the account. 1 to 100; default 5.</summary>
    public int CodeFailures { get; set; } = 5;

    /// <summary>What ends that lock. Default after 1 minute, doubling to 1 hour.</summary>
    public ReleaseDocument CodeRelease { get; set; } = new();

    /// <summary>Limits over rolling windows. Default 20 in 24 hours and 60 in 30 days.</summary>
    public ImmutableArray<CapDocument> RollingCaps { get; set; } = [new() { Limit = 20, WindowSeconds = 86_400 }, new() { Limit = 60, WindowSeconds = 2_592_000 }];

    /// <summary>Consecutive wrong codes that disable the factor until a reset. 1 to 100, not below <see cref="CodeFailures"/>; default 50.</summary>
    public int HardLimit { get; set; } = 50;

    /// <summary>Wrong passwords in a row that lock the account. 1 to 100; default 5.</summary>
    public int PasswordFailures { get; set; } = 5;

    /// <summary>What ends that lock. Default after 1 minute, doubling to 1 hour.</summary>
    public ReleaseDocument PasswordRelease { get; set; } = new();
}

/// <summary>What ends a lock.</summary>
public sealed record ReleaseDocument
{
    /// <summary><c>after</c> (the default), or <c>admin_only</c>, with which the other members have no meaning.</summary>
    public string Kind { get; set; } = "after";

    /// <summary>The first lock, in seconds. 1 to 2,592,000; default 60.</summary>
    public double DurationSeconds { get; set; } = 60;

    /// <summary>Growth with every lock in a row. 1 to 10; default 2.</summary>
    public double Factor { get; set; } = 2;

    /// <summary>The longest lock, in seconds. Not below <see cref="DurationSeconds"/>, up to 2,592,000; default 3,600.</summary>
    public double MaxSeconds { get; set; } = 3_600;
}

/// <summary>At most so many wrong codes within a window that moves with time.</summary>
public sealed record CapDocument
{
    /// <summary>Wrong codes that lock. 1 to 256.</summary>
    public required int Limit { get; init; }

    /// <summary>How far back they count, in seconds. 60 to 2,592,000.</summary>
    public required double WindowSeconds { get; init; }
}
