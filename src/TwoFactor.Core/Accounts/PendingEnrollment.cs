using System.Collections.Immutable;
using TwoFactor.Otp;

namespace TwoFactor.Accounts;

/// <summary>An authenticator that was shown to the user and waits for its first code.</summary>
public sealed record PendingEnrollment
{
    /// <summary>Its id; the confirmation must name it.</summary>
    public required EnrollmentId Id { get; init; }

    /// <summary>The seed, encrypted and bound to user and <see cref="Id"/>.</summary>
    public required ImmutableArray<byte> ProtectedSecret { get; init; }

    /// <summary>The parameters the app was given.</summary>
    public required TotpParameters Parameters { get; init; }

    /// <summary>The issuer shown in the app.</summary>
    public required string Issuer { get; init; }

    /// <summary>The account name shown in the app.</summary>
    public required string AccountName { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The moment from which it can no longer be confirmed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The epoch it was begun in; a revoking event voids it.</summary>
    public required long Epoch { get; init; }

    /// <summary>Future steps whose code a clock hint has confirmed; they stay spent when the enrolment becomes active.</summary>
    public ImmutableArray<long> BurnedSteps { get => field.IsDefault ? [] : field; init; } = [];
}
