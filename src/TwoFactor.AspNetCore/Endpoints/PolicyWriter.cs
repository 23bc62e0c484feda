using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>A policy as a document. <see cref="PolicyReader"/> reads it back to an equal one.</summary>
internal static class PolicyWriter
{
    public static PolicyDocument Write(OrganizationPolicy policy) => new()
    {
        Version = policy.Version,
        Rules = [.. policy.Rules.Select(Write)],
        Methods = [.. policy.Methods.Select(Write)],
        Sso = WireNames.Of(policy.Sso),
        AfterGrace = WireNames.Of(policy.AfterGrace),
        EnrollmentClients = [.. policy.EnrollmentClients.Select(WireNames.Of)],
        Lockout = policy.Lockout is { } lockout ? Write(lockout) : null,
        TrustedDeviceDays = policy.TrustedDeviceDays,
    };

    private static RuleDocument Write(EnforcementRule rule) => new()
    {
        Id = rule.Id,
        Target = rule.Target switch
        {
            RuleTarget.Everyone => "everyone",
            RuleTarget.InGroups => "groups",
            RuleTarget.ExternalCollaborators => "external_collaborators",
            _ => throw ProblemsOf.Unknown(rule.Target),
        },
        Groups = rule.Target is RuleTarget.InGroups { Groups: var groups } ? groups : [],
        ExcludedGroups = rule.ExcludedGroups,
        ExcludedUsers = [.. rule.ExcludedUsers.Select(e => new ExclusionDocument { UserId = e.UserId.Value, Until = e.Until, Reason = e.Reason })],
        Start = rule.Start,
        GraceSeconds = rule.Grace.TotalSeconds,
        Anchor = WireNames.Of(rule.Anchor),
        Methods = [.. rule.Methods.Select(WireNames.Of)],
        Mode = WireNames.Of(rule.Mode),
    };

    private static MethodDocument Write(MethodRule row) => new()
    {
        Method = row.Method is { } method ? WireNames.Of(method) : null,
        Kind = row.Kind is { } kind ? WireNames.Of(kind) : null,
        IdentityProvider = row.IdentityProvider,
        Requirement = row.Requirement switch
        {
            MethodRequirement.Exempt => "exempt",
            MethodRequirement.Require => "require",
            MethodRequirement.AcceptUpstream => "accept_upstream",
            _ => throw ProblemsOf.Unknown(row.Requirement),
        },
        Amr = row.Requirement is MethodRequirement.AcceptUpstream { Amr: var amr } ? amr : [],
        MaxAgeSeconds = (row.Requirement as MethodRequirement.AcceptUpstream)?.MaxAge.TotalSeconds,
    };

    private static LockoutDocument Write(LockoutPolicy lockout) => new()
    {
        ChallengeAttempts = lockout.ChallengeAttempts,
        CodeFailures = lockout.CodeFailures,
        CodeRelease = Write(lockout.CodeRelease),
        RollingCaps = [.. lockout.RollingCaps.Select(cap => new CapDocument { Limit = cap.Limit, WindowSeconds = cap.Window.TotalSeconds })],
        HardLimit = lockout.HardLimit,
        PasswordFailures = lockout.PasswordFailures,
        PasswordRelease = Write(lockout.PasswordRelease),
    };

    private static ReleaseDocument Write(LockReleasePolicy release) => release switch
    {
        LockReleasePolicy.AdminOnly => new() { Kind = "admin_only" },
        LockReleasePolicy.After after => new() { DurationSeconds = after.Duration.TotalSeconds, Factor = after.Factor, MaxSeconds = after.Max.TotalSeconds },
        _ => throw ProblemsOf.Unknown(release),
    };
}
