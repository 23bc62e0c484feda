using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>One sign-in attempt whose first factor has passed and that waits for the second.</summary>
public sealed record Challenge
{
    private readonly UtcTime _issuedAt;
    private readonly UtcTime _expiresAt;

    /// <summary>SHA-256 of the token's random part; the token itself is the host's.</summary>
    public required ImmutableArray<byte> TokenHash { get; init; }

    /// <summary>How the first factor was passed.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>The epoch it was issued in.</summary>
    public required long Epoch { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get => _issuedAt.Known; init => _issuedAt = new UtcTime(value); }

    /// <summary>The moment from which it is void.</summary>
    public required DateTimeOffset ExpiresAt { get => _expiresAt.Known; init => _expiresAt = new UtcTime(value); }

    /// <summary>Wrong codes given under it.</summary>
    public int Failures { get; init; }

    /// <summary>True when it waits for the set-up of an authenticator instead of a code.</summary>
    public bool IsForEnrollment { get; init; }

    /// <summary>
    /// True once its attempts ran out or the account was locked. It can no longer be satisfied, but until it expires its holder is told why.
    /// </summary>
    public bool IsVoid { get; init; }

    /// <summary>The method and the times, no token.</summary>
    public override string ToString() => $"Challenge ({Method}, {Failures} failures, until {ExpiresAt:O})";
}
