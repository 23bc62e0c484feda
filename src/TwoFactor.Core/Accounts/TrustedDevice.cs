using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>
/// A browser that may skip the second factor for some days. It stands for a factor that was really passed, and is dead once the epoch moves on
/// or the password changes.
/// </summary>
public sealed record TrustedDevice
{
    /// <summary>Its name in lists and records.</summary>
    public required TrustedDeviceId Id { get; init; }

    /// <summary>SHA-256 of the random part of the token that is good now; each use replaces it. The token itself is the browser's.</summary>
    public required ImmutableArray<byte> TokenHash { get; init; }

    /// <summary>What the user knows it by, such as "Firefox on Linux"; at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The factor that was passed when it was trusted.</summary>
    public required MfaFactorType Factor { get; init; }

    /// <summary>The enrolment of that factor.</summary>
    public required EnrollmentId EnrollmentId { get; init; }

    /// <summary>The epoch it was trusted in.</summary>
    public required long Epoch { get; init; }

    /// <summary>When the factor was passed. Use does not move it.</summary>
    public required DateTimeOffset TrustedAt { get; init; }

    /// <summary>The moment from which it is dead by the policy it was trusted under; the present policy may end it earlier, never later.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The last sign-in that it stood in at, or <see cref="TrustedAt"/>.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Name and times, no token.</summary>
    public override string ToString() => $"TrustedDevice {Id} (until {ExpiresAt:O})";
}
