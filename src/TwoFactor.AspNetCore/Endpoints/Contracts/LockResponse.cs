using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>A lock of an account.</summary>
public sealed record LockResponse
{
    /// <summary><c>code_failures</c>, <c>rolling_cap</c>, <c>hard_limit</c> or <c>password_failures</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What ends it: <c>at_time</c>, <c>by_administrator</c> or <c>by_reset</c>.</summary>
    public required string Release { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself; null unless <c>at_time</c>.</summary>
    public required DateTimeOffset? Until { get; init; }

    internal static LockResponse? OfNullable(AccountLock? l) => l is null ? null : Of(l);

    internal static LockResponse Of(AccountLock l) => new()
    {
        Reason = WireNames.Of(l.Reason),
        Release = WireNames.Of(l.Release),
        Since = l.Since,
        Until = l.Until,
    };
}
