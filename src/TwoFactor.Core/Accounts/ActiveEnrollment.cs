using System.Collections.Immutable;
using TwoFactor.Otp;

namespace TwoFactor.Accounts;

/// <summary>A confirmed authenticator.</summary>
public sealed record ActiveEnrollment
{
    /// <summary>Its id.</summary>
    public required EnrollmentId Id { get; init; }

    /// <summary>The seed, encrypted and bound to user and <see cref="Id"/>.</summary>
    public required ImmutableArray<byte> ProtectedSecret { get; init; }

    /// <summary>The parameters the app was given.</summary>
    public required TotpParameters Parameters { get; init; }

    /// <summary>The issuer shown in the app; what the user is told to delete after unregistering.</summary>
    public required string Issuer { get; init; }

    /// <summary>The account name shown in the app.</summary>
    public required string AccountName { get; init; }

    /// <summary>When the first code was accepted.</summary>
    public required DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>The newest step that can no longer be used: the matched step of the last code accepted, or the end of the window after a backup code.</summary>
    public required long LastAcceptedStep { get; init; }

    /// <summary>
    /// Future steps whose code a clock hint has confirmed to somebody. They are spent: a hint must not become a usable code by waiting.
    /// </summary>
    public ImmutableArray<long> BurnedSteps { get => field.IsDefault ? [] : field; init; } = [];
}
