using TwoFactor.Lockout;

namespace TwoFactor.Enforcement;

/// <summary>A fault of a policy.</summary>
/// <param name="Field">The field, such as <c>Rules[managers].Grace</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record PolicyError(string Field, string Message);

/// <summary>The ranges of an <see cref="OrganizationPolicy"/> and the relations between its fields.</summary>
public static class OrganizationPolicyValidation
{
    private const int MaxRules = 100;
    private const int MaxNames = 1000;

    /// <summary>All faults; none when the policy is valid.</summary>
    public static IReadOnlyList<PolicyError> Validate(OrganizationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var errors = new List<PolicyError>();
        if (policy.OrganizationId.IsDefault) errors.Add(new("OrganizationId", "It names no organisation."));
        if (policy.Schema != OrganizationPolicy.CurrentSchema)
            errors.Add(new("Schema", $"It is {policy.Schema}; this version knows {OrganizationPolicy.CurrentSchema}."));
        if (policy.Rules.Length > MaxRules) errors.Add(new("Rules", $"There are {policy.Rules.Length}; at most {MaxRules} are allowed."));
        EnforcementRule[] rules = [.. policy.Rules.OfType<EnforcementRule>()];
        if (rules.Length < policy.Rules.Length) errors.Add(new("Rules", "An entry is null."));
        if (rules.DistinctBy(rule => rule.Id, StringComparer.Ordinal).Count() != rules.Length) errors.Add(new("Rules", "Two rules have the same id."));
        foreach (var rule in rules) Rule(errors, rule);
        Methods(errors, policy);
        if (!Enum.IsDefined(policy.Sso)) errors.Add(new("Sso", "It is not a known mode."));
        if (!Enum.IsDefined(policy.AfterGrace)) errors.Add(new("AfterGrace", "It is not a known choice."));
        if (policy.EnrollmentClients.IsEmpty || !policy.EnrollmentClients.All(Enum.IsDefined))
            errors.Add(new("EnrollmentClients", "At least one known client must be able to set up an authenticator."));
        if (policy.TrustedDeviceDays is < 7 or > 90) errors.Add(new("TrustedDeviceDays", $"It is {policy.TrustedDeviceDays}; it must be from 7 to 90, or not set."));
        if (policy.Lockout is { } lockout) errors.AddRange(LockoutPolicyValidation.Validate(lockout).Select(fault => new PolicyError("Lockout", fault)));
        if (policy.Sso == SsoMode.SsoExclusive && rules.Any(rule => rule.Mode != EnforcementMode.Off))
            errors.Add(new("Sso", "Single sign-on and a required second factor exclude each other here: turn the rules off, or choose ExemptSso."));
        return errors;
    }

    private static void Rule(List<PolicyError> errors, EnforcementRule rule)
    {
        var name = $"Rules[{PlainText.Escape(rule.Id ?? "")}]";
        if (rule.Id is null || !PlainText.IsIdentifier(rule.Id, 64)) errors.Add(new("Rules.Id", "A rule's id has 1 to 64 printable characters."));
        if (rule.Grace < TimeSpan.Zero || rule.Grace > TimeSpan.FromDays(365))
            errors.Add(new($"{name}.Grace", $"It is {rule.Grace.TotalDays:0.##} days; it must be from 0 to 365."));
        if (!Enum.IsDefined(rule.Mode)) errors.Add(new($"{name}.Mode", "It is not a known mode."));
        if (!Enum.IsDefined(rule.Anchor)) errors.Add(new($"{name}.Anchor", "It is not a known anchor."));
        if (rule.Methods.IsEmpty || !rule.Methods.All(Enum.IsDefined)) errors.Add(new($"{name}.Methods", "At least one known sign-in method must be covered."));
        if (rule.Target is null) errors.Add(new($"{name}.Target", "It must be set."));
        if (rule.Target is RuleTarget.InGroups groups) Names(errors, $"{name}.Target", groups.Groups, atLeast: 1);
        Names(errors, $"{name}.ExcludedGroups", rule.ExcludedGroups, atLeast: 0);
        if (rule.ExcludedUsers.Length > MaxNames) errors.Add(new($"{name}.ExcludedUsers", $"At most {MaxNames} are allowed."));
        if (rule.ExcludedUsers.Any(e => e is null || e.UserId.IsDefault || e.Reason is null || e.Reason.Length > 200 || !PlainText.IsPlain(e.Reason)))
            errors.Add(new($"{name}.ExcludedUsers", "Each needs a user and a reason of up to 200 printable characters."));
    }

    private static void Methods(List<PolicyError> errors, OrganizationPolicy policy)
    {
        if (policy.Methods.Length > MaxRules) errors.Add(new("Methods", $"There are {policy.Methods.Length}; at most {MaxRules} are allowed."));
        MethodRule[] rows = [.. policy.Methods.OfType<MethodRule>()];
        if (rows.Length < policy.Methods.Length) errors.Add(new("Methods", "An entry is null."));
        foreach (var accept in rows.Select(row => row.Requirement).OfType<MethodRequirement.AcceptUpstream>())
        {
            if (accept.Amr.IsDefaultOrEmpty || accept.Amr.Any(amr => amr is null || !PlainText.IsIdentifier(amr, 64)))
                errors.Add(new("Methods.Amr", "At least one authentication method (RFC 8176) must be named, each by 1 to 64 printable characters."));
            if (accept.MaxAge < TimeSpan.FromMinutes(1) || accept.MaxAge > TimeSpan.FromDays(30)) errors.Add(new("Methods.MaxAge", "It must be from 1 minute to 30 days."));
        }

        if (rows.Any(row => row.Requirement is null)) errors.Add(new("Methods.Requirement", "It must be set."));
        if (rows.Any(row => row.Method is { } m && !Enum.IsDefined(m))) errors.Add(new("Methods.Method", "It is not a known sign-in method."));
        if (rows.Any(row => row.Kind is { } k && !Enum.IsDefined(k))) errors.Add(new("Methods.Kind", "It is not a known kind of membership."));
        if (rows.Any(row => row.IdentityProvider is { } p && !PlainText.IsIdentifier(p, 256)))
            errors.Add(new("Methods.IdentityProvider", "A provider's name has 1 to 256 printable characters; null stands for any."));
    }

    private static void Names(List<PolicyError> errors, string field, System.Collections.Immutable.ImmutableArray<string> names, int atLeast)
    {
        if (names.IsDefault || names.Length < atLeast || names.Length > MaxNames) errors.Add(new(field, $"It needs {atLeast} to {MaxNames} group names."));
        else if (names.Any(n => n is null || !PlainText.IsIdentifier(n, 128))) errors.Add(new(field, "A group's name has 1 to 128 printable characters."));
    }
}
