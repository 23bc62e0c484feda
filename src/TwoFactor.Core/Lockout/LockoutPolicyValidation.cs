namespace TwoFactor.Lockout;

/// <summary>The ranges of a <see cref="LockoutPolicy"/> and the relations between its fields.</summary>
public static class LockoutPolicyValidation
{
    private static readonly TimeSpan Longest = Accounts.AttemptLedger.Retention;

    /// <summary>One message per fault, each naming the field; none when the policy is valid.</summary>
    public static IReadOnlyList<string> Validate(LockoutPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var errors = new List<string>();
        InRange(errors, nameof(policy.ChallengeAttempts), policy.ChallengeAttempts, 1, 10);
        InRange(errors, nameof(policy.CodeFailures), policy.CodeFailures, 1, 100);
        InRange(errors, nameof(policy.HardLimit), policy.HardLimit, 1, 100);
        InRange(errors, nameof(policy.PasswordFailures), policy.PasswordFailures, 1, 100);
        if (policy.HardLimit < policy.CodeFailures)
            errors.Add($"HardLimit ({policy.HardLimit}) must not be below CodeFailures ({policy.CodeFailures}).");
        Release(errors, nameof(policy.CodeRelease), policy.CodeRelease);
        Release(errors, nameof(policy.PasswordRelease), policy.PasswordRelease);
        if (policy.RollingCaps.IsDefault) errors.Add("RollingCaps must not be default; use an empty array for none.");
        else
        {
            foreach (var cap in policy.RollingCaps)
            {
                InRange(errors, "RollingCaps.Limit", cap.Limit, 1, Accounts.AttemptLedger.MaxRemembered);
                InRange(errors, "RollingCaps.Window", cap.Window, TimeSpan.FromMinutes(1), Longest);
            }
        }

        return errors;
    }

    private static void Release(List<string> errors, string name, LockReleasePolicy release)
    {
        if (release is null) errors.Add($"{name} must be set.");
        if (release is not LockReleasePolicy.After after) return;
        InRange(errors, $"{name}.Duration", after.Duration, TimeSpan.FromSeconds(1), Longest);
        InRange(errors, $"{name}.Max", after.Max, TimeSpan.FromSeconds(1), Longest);
        InRange(errors, $"{name}.Factor", after.Factor, 1, 10);
        if (after.Max < after.Duration) errors.Add($"{name}.Max ({after.Max}) must not be below {name}.Duration ({after.Duration}).");
    }

    private static void InRange<T>(List<string> errors, string name, T value, T min, T max) where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0) errors.Add($"{name} is {value}; it must be from {min} to {max}.");
    }
}
