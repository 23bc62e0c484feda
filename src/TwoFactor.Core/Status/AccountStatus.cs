using TwoFactor.Accounts;

namespace TwoFactor.Status;

/// <summary>What a user, or an administrator, may see of an account: no secret, no code, no hash.</summary>
public sealed record AccountStatus
{
    /// <summary>Whose.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The epoch. A host session made in an earlier one is void.</summary>
    public required long Epoch { get; init; }

    /// <summary>True when an authenticator is active.</summary>
    public bool IsEnrolled => EnrolledAt is not null;

    /// <summary>Since when; null when none is.</summary>
    public DateTimeOffset? EnrolledAt { get; init; }

    /// <summary>The name the app shows; null when none is active.</summary>
    public string? AuthenticatorAccountName { get; init; }

    /// <summary>Until when a new authenticator may be confirmed; null when none waits.</summary>
    public DateTimeOffset? PendingUntil { get; init; }

    /// <summary>When the backup codes were made; null when there are none.</summary>
    public DateTimeOffset? BackupCodesGeneratedAt { get; init; }

    /// <summary>How many backup codes are left.</summary>
    public int BackupCodesLeft { get; init; }

    /// <summary>How many trusted devices are recorded; whether each is trusted now is policy's to say.</summary>
    public int TrustedDevices { get; init; }

    /// <summary>The lock in force; null when there is none.</summary>
    public AccountLock? Lock { get; init; }

    /// <summary>
    /// The lock for wrong passwords that is in force; null when there is none. A host that asks before it looks at a password, and then answers
    /// a right one like a wrong one, gives a guesser no answer while the lock lasts.
    /// </summary>
    public AccountLock? PasswordLock { get; init; }

    /// <summary>The last completed sign-in.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>The one before it.</summary>
    public DateTimeOffset? PreviousSignInAt { get; init; }

    internal static AccountStatus Of(Account account, DateTimeOffset now) => new()
    {
        UserId = account.UserId,
        Epoch = account.Epoch,
        EnrolledAt = account.Active?.ConfirmedAt,
        AuthenticatorAccountName = account.Active?.AccountName,
        PendingUntil = account.Pending is { } pending && now < pending.ExpiresAt && pending.Epoch == account.Epoch ? pending.ExpiresAt : null,
        BackupCodesGeneratedAt = account.BackupCodes?.GeneratedAt,
        BackupCodesLeft = account.BackupCodes?.Remaining ?? 0,
        TrustedDevices = account.TrustedDevices.Count(device => device.Epoch == account.Epoch && now < device.ExpiresAt),
        Lock = account.Attempts.LockAt(now),
        PasswordLock = account.Attempts.PasswordLockAt(now),
        LastSignInAt = account.LastSignInAt,
        PreviousSignInAt = account.PreviousSignInAt,
    };
}
