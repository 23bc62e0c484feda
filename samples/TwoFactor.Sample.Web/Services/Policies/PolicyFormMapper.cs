using System.Globalization;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Services.Policies;

/// <summary>Policy → form, and form → policy. What the form does not show stays as it was.</summary>
public static class PolicyFormMapper
{
    private const string StartFormat = "yyyy-MM-dd'T'HH:mm";
    private const int DefaultGraceDays = 7;

    public const string HostLockout = "Host";

    public static PolicyForm ToForm(OrganizationPolicy policy, IEnumerable<string> groups)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new PolicyForm
        {
            Version = policy.Version,
            Phases = [.. PhaseIds(policy, groups).Select(id => ToPhase(id, policy.Rules.FirstOrDefault(rule => rule.Id == id)))],
            AfterGrace = policy.AfterGrace.ToString(),
            Sso = policy.Sso.ToString(),
            Lockout = LockoutNameOf(policy.Lockout),
            TrustedDeviceDays = policy.TrustedDeviceDays?.ToString(CultureInfo.InvariantCulture),
            Clients = [.. policy.EnrollmentClients],
        };
    }

    /// <param name="form">What was posted.</param>
    /// <param name="current">What it changes.</param>
    /// <param name="groups">The groups that rules may be for.</param>
    /// <param name="now">When a rule without a start begins.</param>
    /// <param name="report">Takes field and message of what cannot be read; then the policy is not to be saved.</param>
    public static OrganizationPolicy ToPolicy(
        PolicyForm form, OrganizationPolicy current, IEnumerable<string> groups, DateTimeOffset now, Action<string, string> report)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(report);
        var rules = current.Rules.ToList();
        var known = PhaseIds(current, groups).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < form.Phases.Count; i++)
        {
            var phase = form.Phases[i];
            if (phase.RuleId is not { } id || !known.Contains(id)) report("", "One of the groups is not there any more. Reload the page.");
            else Apply(rules, id, phase, $"Form.Phases[{i}]", now, report);
        }

        return current with
        {
            Version = form.Version,
            Rules = [.. rules],
            AfterGrace = Read<AfterGrace>(form.AfterGrace, "Form.AfterGrace", report),
            Sso = Read<SsoMode>(form.Sso, "Form.Sso", report),
            Lockout = form.Lockout switch
            {
                nameof(LockoutPolicy.AdminUnlock) => LockoutPolicy.AdminUnlock,
                nameof(LockoutPolicy.RestartSignIn) => LockoutPolicy.RestartSignIn,
                HostLockout => null,
                _ => current.Lockout,
            },
            TrustedDeviceDays = TrustedDays(form.TrustedDeviceDays, report),
            EnrollmentClients = [.. form.Clients.Distinct().Order()],
        };
    }

    /// <summary>The field of the form for a field of the policy.</summary>
    public static string FieldOf(PolicyForm form, string policyField)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(policyField);
        for (var i = 0; i < form.Phases.Count; i++)
        {
            if (policyField == $"Rules[{form.Phases[i].RuleId}].Grace") return $"Form.Phases[{i}].GraceDays";
        }

        return policyField switch
        {
            "Sso" => "Form.Sso",
            "AfterGrace" => "Form.AfterGrace",
            "TrustedDeviceDays" => "Form.TrustedDeviceDays",
            "EnrollmentClients" => "Form.Clients",
            _ => "",
        };
    }

    private static void Apply(
        List<EnforcementRule> rules, string id, PhaseForm phase, string field, DateTimeOffset now, Action<string, string> report)
    {
        if (!Enum.TryParse<EnforcementMode>(phase.Mode, out var mode) || !Enum.IsDefined(mode)) report($"{field}.Mode", "Choose one of the list.");
        var index = rules.FindIndex(rule => rule.Id == id);
        // A rule that never was need not rest; one that was keeps its start, so that turning it on again gives nobody new grace.
        if (index < 0 && mode == EnforcementMode.Off) return;
        if (!int.TryParse(phase.GraceDays?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
            || Math.Abs((long)days) > 100_000)
            report($"{field}.GraceDays", "Enter a whole number of days, 0 to 365.");
        var before = index < 0 ? null : rules[index];
        var rule = (before ?? new EnforcementRule { Id = id, Target = TargetOf(id), Start = now }) with
        {
            Mode = mode,
            Grace = TimeSpan.FromDays(Math.Clamp(days, -100_000, 100_000)),
            Start = StartOf(phase.Start, before?.Start, now, $"{field}.Start", report),
        };
        if (index < 0) rules.Add(rule);
        else rules[index] = rule;
    }

    private static DateTimeOffset StartOf(string? text, DateTimeOffset? before, DateTimeOffset now, string field, Action<string, string> report)
    {
        if (string.IsNullOrWhiteSpace(text)) return before ?? now;
        // Shown to the minute: what was not touched keeps its seconds.
        if (before is { } kept && text == Text(kept)) return kept;
        if (DateTimeOffset.TryParseExact(
            text,
            [StartFormat, "yyyy-MM-dd'T'HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var start)) return start;
        report(field, "Enter a date and time, or leave it empty to start on saving.");
        return now;
    }

    private static int? TrustedDays(string? text, Action<string, string> report)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)) return days;
        report("Form.TrustedDeviceDays", "Enter 7 to 90 days, or leave it empty.");
        return null;
    }

    private static T Read<T>(string? text, string field, Action<string, string> report) where T : struct, Enum
    {
        if (Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value)) return value;
        report(field, "Choose one of the list.");
        return default;
    }

    private static PhaseForm ToPhase(string id, EnforcementRule? rule) => new()
    {
        RuleId = id,
        Mode = (rule?.Mode ?? EnforcementMode.Off).ToString(),
        Start = rule is null ? null : Text(rule.Start),
        GraceDays = (rule is null ? DefaultGraceDays : (int)rule.Grace.TotalDays).ToString(CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string> PhaseIds(OrganizationPolicy policy, IEnumerable<string> groups) =>
    [
        RuleText.Everyone,
        .. groups.Select(group => RuleText.GroupPrefix + group)
            .Union(policy.Rules.Select(rule => rule.Id).Where(id => id.StartsWith(RuleText.GroupPrefix, StringComparison.Ordinal))),
        RuleText.External,
    ];

    private static RuleTarget TargetOf(string id) => id switch
    {
        RuleText.Everyone => new RuleTarget.Everyone(),
        RuleText.External => new RuleTarget.ExternalCollaborators(),
        _ => RuleTarget.ForGroups(id[RuleText.GroupPrefix.Length..]),
    };

    private static string LockoutNameOf(LockoutPolicy? lockout) =>
        lockout is null ? HostLockout
        : lockout == LockoutPolicy.AdminUnlock ? nameof(LockoutPolicy.AdminUnlock)
        : lockout == LockoutPolicy.RestartSignIn ? nameof(LockoutPolicy.RestartSignIn) : "Other";

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(StartFormat, CultureInfo.InvariantCulture);
}
