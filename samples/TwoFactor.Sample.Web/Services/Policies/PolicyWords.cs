using System.Collections.Immutable;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Services.Policies;

/// <summary>A setting that two versions of a policy have differently, in words.</summary>
public sealed record PolicyDifference(string Setting, string Saved, string Yours);

/// <summary>Policies in words, for who must choose between two of them.</summary>
public static class PolicyWords
{
    /// <summary>What differs between what is saved and what somebody wanted to save.</summary>
    public static ImmutableArray<PolicyDifference> Compare(OrganizationPolicy saved, OrganizationPolicy yours)
    {
        var (theirs, own) = (Describe(saved), Describe(yours));
        return
        [
            .. theirs.Keys.Union(own.Keys)
                .Select(key => new PolicyDifference(key, theirs.GetValueOrDefault(key, "Off"), own.GetValueOrDefault(key, "Off")))
                .Where(difference => difference.Saved != difference.Yours),
        ];
    }

    public static string Of(SsoMode sso) => sso switch
    {
        SsoMode.ExemptSso => "On; who signs in by it is exempt",
        SsoMode.SsoExclusive => "On, and excludes two-factor authentication",
        _ => "Off",
    };

    public static string Of(AfterGrace after) => after == AfterGrace.Deny ? "Turned away; an administrator helps" : "Confined to the set-up";

    public static string Of(EnforcementMode mode) => mode switch
    {
        EnforcementMode.Enforce => "Required",
        EnforcementMode.ReportOnly => "Report only",
        _ => "Off",
    };

    public static string Of(LockoutPolicy? lockout) =>
        lockout is null ? "Product default"
        : lockout == LockoutPolicy.AdminUnlock ? "3 wrong codes or 5 wrong passwords; an administrator unlocks"
        : lockout == LockoutPolicy.RestartSignIn ? "3 wrong codes start over; time unlocks" : "Custom";

    private static Dictionary<string, string> Describe(OrganizationPolicy policy)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in policy.Rules) words[RuleText.NameOf(rule.Id)] = Describe(rule);
        words["Single sign-on"] = Of(policy.Sso);
        words["After the grace period"] = Of(policy.AfterGrace);
        words["Locking"] = Of(policy.Lockout);
        words["Trusted devices"] = policy.TrustedDeviceDays is { } days ? Durations.Counted(days, "day") : "Off";
        words["Set-up on"] = ClientText.AnyOf(policy.EnrollmentClients);
        return words;
    }

    private static string Describe(EnforcementRule rule) => rule.Mode == EnforcementMode.Off
        ? "Off"
        : $"{Of(rule.Mode)} from {RuleText.Moment(rule.Start)}, {Durations.Counted(rule.Grace.TotalDays, "day")} of grace";
}
