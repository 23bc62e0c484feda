using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>Failures and locks of an account. Codes of every kind share one budget; passwords have their own.</summary>
public sealed record AttemptLedger
{
    /// <summary>No failure, no lock.</summary>
    public static AttemptLedger Empty { get; } = new();

    /// <summary>How far back failures are remembered, and so the longest window of a rolling cap.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>How many failures are remembered at most, and so the greatest limit of a rolling cap.</summary>
    public const int MaxRemembered = 256;

    /// <summary>Wrong codes since the last lock, unlock or accepted code: what the account tier counts.</summary>
    public int RoundFailures { get; init; }

    /// <summary>Wrong codes since the last accepted code or reset: what the hard limit counts.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>How many times in a row the account tier has locked: the exponent of the growing duration.</summary>
    public int LockLevel { get; init; }

    /// <summary>When wrong codes were given, oldest first: what the rolling caps count. An accepted code does not clear them.</summary>
    public ImmutableArray<DateTimeOffset> RecentFailures { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The lock of the second factor; it may have run out.</summary>
    public AccountLock? CodeLock { get; init; }

    /// <summary>Wrong passwords since the last right one, lock or unlock.</summary>
    public int PasswordFailures { get; init; }

    /// <summary>How many times in a row wrong passwords have locked.</summary>
    public int PasswordLockLevel { get; init; }

    /// <summary>The lock for wrong passwords; it may have run out.</summary>
    public AccountLock? PasswordLock { get; init; }

    internal ImmutableArray<DateTimeOffset> Remember(DateTimeOffset failure)
    {
        var kept = RecentFailures.RemoveAll(at => at <= failure - Retention).Add(failure);
        return kept.Length > MaxRemembered ? kept.RemoveRange(0, kept.Length - MaxRemembered) : kept;
    }

    /// <summary>The lock that binds at <paramref name="now"/>: of two the one that lasts longer; null when there is none.</summary>
    public AccountLock? LockAt(DateTimeOffset now)
    {
        var code = CodeLock is { } c && c.IsInForceAt(now) ? c : null;
        var password = PasswordLockAt(now);
        if (code is null || password is null) return code ?? password;
        return AccountLock.Stricter(code, password);
    }

    internal AccountLock? PasswordLockAt(DateTimeOffset now) => PasswordLock is { } p && p.IsInForceAt(now) ? p : null;
}
