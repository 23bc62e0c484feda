namespace TwoFactor.Accounts;

/// <summary>Why an account is locked.</summary>
public enum LockReason
{
    /// <summary>Too many wrong codes in a row.</summary>
    CodeFailures = 1,

    /// <summary>Too many wrong codes within a rolling window, whatever came between them.</summary>
    RollingCap = 2,

    /// <summary>The hard limit of consecutive wrong codes: the factor is disabled.</summary>
    HardLimit = 3,

    /// <summary>Too many wrong passwords, as the host reported them.</summary>
    PasswordFailures = 4,
}

/// <summary>What ends a lock.</summary>
public enum LockRelease
{
    /// <summary>Time alone, or an administrator sooner.</summary>
    AtTime = 1,

    /// <summary>An administrator's unlock.</summary>
    ByAdministrator = 2,

    /// <summary>Only a reset of the user's two-factor authentication.</summary>
    ByReset = 3,
}

/// <summary>A lock of an account.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Release">What ends it.</param>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it ends by itself; null unless <paramref name="Release"/> is <see cref="LockRelease.AtTime"/>.</param>
public sealed record AccountLock(LockReason Reason, LockRelease Release, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>True while it binds. A clock that moved back can only make it last longer.</summary>
    public bool IsInForceAt(DateTimeOffset now) => Release != LockRelease.AtTime || Until is not { } until || now < until;

    /// <summary>The one that is harder to end, or that ends later.</summary>
    internal static AccountLock Stricter(AccountLock a, AccountLock b)
    {
        if (a.Release != b.Release) return a.Release > b.Release ? a : b;
        return (b.Until ?? DateTimeOffset.MaxValue) > (a.Until ?? DateTimeOffset.MaxValue) ? b : a;
    }
}
