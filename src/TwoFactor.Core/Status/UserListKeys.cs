using TwoFactor.Accounts;

namespace TwoFactor.Status;

/// <summary>
/// What a store keeps of an account beside its data, so that lists can be filtered and sorted without reading it. From these numbers
/// <see cref="StatusAt"/> tells at any later time what the account itself would tell.
/// </summary>
/// <param name="Enrolled">True when an authenticator is active.</param>
/// <param name="LockedUntil">
/// When the later of the two locks ends, exactly: <see cref="DateTimeOffset.UtcTicks"/>; <see cref="long.MaxValue"/> for a lock that time does
/// not end; 0 for none.
/// </param>
/// <param name="PendingUntil">Until when a new authenticator can be confirmed, exactly: <see cref="DateTimeOffset.UtcTicks"/>; 0 for none.</param>
/// <param name="PreviousSignIn">The previous sign-in in milliseconds since 1970-01-01 UTC; -1 for none.</param>
public readonly record struct UserListKeys(bool Enrolled, long LockedUntil, long PendingUntil, long PreviousSignIn)
{
    /// <summary>The keys of an account.</summary>
    public static UserListKeys Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new UserListKeys(
            account.Active is not null,
            Math.Max(EndOf(account.Attempts.CodeLock), EndOf(account.Attempts.PasswordLock)),
            account.Pending is { } pending && pending.Epoch == account.Epoch ? pending.ExpiresAt.UtcTicks : 0,
            account.PreviousSignInAt?.ToUnixTimeMilliseconds() ?? -1);
    }

    /// <summary>The coarse status at a moment.</summary>
    public CoarseStatus StatusAt(DateTimeOffset now)
    {
        if (now.UtcTicks < LockedUntil) return CoarseStatus.Locked;
        if (Enrolled) return CoarseStatus.Enrolled;
        return now.UtcTicks < PendingUntil ? CoarseStatus.Pending : CoarseStatus.NotEnrolled;
    }

    private static long EndOf(AccountLock? l) => l switch
    {
        null => 0,
        { Release: LockRelease.AtTime, Until: { } until } => until.UtcTicks,
        _ => long.MaxValue,
    };
}
