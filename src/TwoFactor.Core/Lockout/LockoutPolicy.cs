using System.Collections.Immutable;

namespace TwoFactor.Lockout;

/// <summary>
/// How many wrong answers are borne, and what follows. Validated by <see cref="LockoutPolicyValidation"/>; the defaults let somebody who
/// knows the password guess at most 60 codes in 30 days, which at six digits and a window of three steps is 0.2 % a year.
/// </summary>
public sealed record LockoutPolicy
{
    /// <summary>Wrong codes that end one sign-in attempt, which then starts over from the first factor. 1 to 10; default 3.</summary>
    public int ChallengeAttempts { get; init; } = 3;

    /// <summary>Wrong codes in a row that lock the account, over all attempts and kinds of code. 1 to 100; default 5.</summary>
    public int CodeFailures { get; init; } = 5;

    /// <summary>What ends the lock for wrong codes. Default: after 1 minute, doubling to 1 hour.</summary>
    public LockReleasePolicy CodeRelease { get; init; } = LockReleasePolicy.DefaultAfter;

    /// <summary>Limits over rolling windows; an accepted code does not clear them. Default: 20 in 24 hours and 60 in 30 days.</summary>
    public ImmutableArray<RollingCap> RollingCaps { get; init; } = [new(20, TimeSpan.FromHours(24)), new(60, TimeSpan.FromDays(30))];

    /// <summary>Consecutive wrong codes that disable the factor until a reset. 1 to 100, not below <see cref="CodeFailures"/>; default 50.</summary>
    public int HardLimit { get; init; } = 50;

    /// <summary>Wrong passwords in a row, as the host reports them, that lock the account. 1 to 100; default 5.</summary>
    public int PasswordFailures { get; init; } = 5;

    /// <summary>What ends the lock for wrong passwords. Default: after 1 minute, doubling to 1 hour.</summary>
    public LockReleasePolicy PasswordRelease { get; init; } = LockReleasePolicy.DefaultAfter;

    /// <summary>Three wrong codes start the sign-in over; the account-wide limits count on. This is the default policy.</summary>
    public static LockoutPolicy RestartSignIn { get; } = new();

    /// <summary>Three wrong codes or five wrong passwords lock the account until an administrator unlocks it.</summary>
    public static LockoutPolicy AdminUnlock { get; } = new()
    {
        CodeFailures = 3,
        CodeRelease = new LockReleasePolicy.AdminOnly(),
        PasswordRelease = new LockReleasePolicy.AdminOnly(),
    };
}
