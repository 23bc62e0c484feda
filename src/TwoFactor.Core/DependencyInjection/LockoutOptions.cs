using System.Collections.Immutable;
using TwoFactor.Lockout;

namespace TwoFactor;

/// <summary>The named lockout policies.</summary>
public enum LockoutPreset
{
    /// <summary>Three wrong codes start the sign-in over; five in a row lock the account for a minute, doubling to an hour. The default.</summary>
    RestartSignIn = 0,

    /// <summary>Three wrong codes or five wrong passwords lock the account until an administrator unlocks it.</summary>
    AdminUnlock = 1,
}

/// <summary>Wrong answers. A preset first, then single values: what is left null is the preset's.</summary>
public sealed class LockoutOptions
{
    /// <summary>Where the values come from that are not set here. Default <see cref="LockoutPreset.RestartSignIn"/>.</summary>
    public LockoutPreset Preset { get; set; }

    /// <summary>Wrong codes that end one sign-in attempt. 1 to 10; 3 in both presets.</summary>
    public int? ChallengeAttempts { get; set; }

    /// <summary>Wrong codes in a row that lock the account. 1 to 100; 5 in <c>RestartSignIn</c>, 3 in <c>AdminUnlock</c>.</summary>
    public int? CodeFailures { get; set; }

    /// <summary>What ends a lock for wrong codes.</summary>
    public LockReleaseOptions CodeRelease { get; } = new();

    /// <summary>Wrong codes within 24 hours that lock, whatever came between them. 0 for no limit, up to 256; 20 in both presets.</summary>
    public int? FailuresPerDay { get; set; }

    /// <summary>Wrong codes within 30 days that lock, whatever came between them. 0 for no limit, up to 256; 60 in both presets.</summary>
    public int? FailuresPer30Days { get; set; }

    /// <summary>Consecutive wrong codes that disable the factor until a reset. 1 to 100; 50 in both presets.</summary>
    public int? HardLimit { get; set; }

    /// <summary>Wrong passwords in a row that lock the account. 1 to 100; 5 in both presets.</summary>
    public int? PasswordFailures { get; set; }

    /// <summary>What ends a lock for wrong passwords.</summary>
    public LockReleaseOptions PasswordRelease { get; } = new();

    /// <summary>
    /// The greatest chance of a successful guess in a year that the policy may leave to somebody who knows the password. Over 0, up to 1;
    /// default 0.01. The host does not start with a policy above it.
    /// </summary>
    public double MaxGuessProbabilityPerYear { get; set; } = 0.01;

    internal LockoutPolicy ToPolicy()
    {
        var preset = Preset == LockoutPreset.AdminUnlock ? LockoutPolicy.AdminUnlock : LockoutPolicy.RestartSignIn;
        return preset with
        {
            ChallengeAttempts = ChallengeAttempts ?? preset.ChallengeAttempts,
            CodeFailures = CodeFailures ?? preset.CodeFailures,
            CodeRelease = CodeRelease.ToPolicy(preset.CodeRelease),
            RollingCaps = Caps(preset.RollingCaps),
            HardLimit = HardLimit ?? preset.HardLimit,
            PasswordFailures = PasswordFailures ?? preset.PasswordFailures,
            PasswordRelease = PasswordRelease.ToPolicy(preset.PasswordRelease),
        };
    }

    private ImmutableArray<RollingCap> Caps(ImmutableArray<RollingCap> preset) =>
        [.. preset.Zip([FailuresPerDay, FailuresPer30Days], (cap, limit) => cap with { Limit = limit ?? cap.Limit }).Where(cap => cap.Limit != 0)];
}

/// <summary>What ends a lock; what is left null is the preset's.</summary>
public sealed class LockReleaseOptions
{
    /// <summary>True: only an administrator ends it. False: time does.</summary>
    public bool? AdminOnly { get; set; }

    /// <summary>The first lock. 1 second to 30 days; default 1 minute.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>The growth from one lock to the next in a row. 1 to 10; default 2.</summary>
    public double? Factor { get; set; }

    /// <summary>The longest lock. Not below <see cref="Duration"/>, up to 30 days; default 1 hour.</summary>
    public TimeSpan? Max { get; set; }

    internal LockReleasePolicy ToPolicy(LockReleasePolicy preset)
    {
        if (AdminOnly ?? (preset is LockReleasePolicy.AdminOnly && Duration is null)) return new LockReleasePolicy.AdminOnly();
        var after = preset as LockReleasePolicy.After ?? (LockReleasePolicy.After)LockReleasePolicy.DefaultAfter;
        return new LockReleasePolicy.After(Duration ?? after.Duration, Factor ?? after.Factor, Max ?? after.Max);
    }
}
