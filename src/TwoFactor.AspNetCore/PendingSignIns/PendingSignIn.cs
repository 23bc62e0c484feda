using System.Collections.Immutable;
using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.PendingSignIns;

/// <summary>
/// A sign-in whose first factor has passed and that waits for a code, or for the set-up of an authenticator. It authenticates nobody: it is no
/// principal, and only <c>WebSignIn</c> and <c>WebSetup</c> can go on with it.
/// </summary>
public sealed record PendingSignIn
{
    internal PendingSignIn(ChallengeToken challenge) => Challenge = challenge;

    /// <summary>Whose sign-in it is.</summary>
    public UserId UserId => Challenge.UserId;

    /// <summary>How the first factor was passed.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>What the user signs in with.</summary>
    public required ClientKind Client { get; init; }

    /// <summary>When the attempt ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>True when an authenticator must be set up; false when a code is asked for.</summary>
    public bool NeedsSetup { get; init; }

    /// <summary>Since when the grace is over; set with <see cref="NeedsSetup"/>.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The organisations whose rules decided, if any.</summary>
    public ImmutableArray<OrganizationId> RequiredBy { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>How many wrong codes are borne; 0 with <see cref="NeedsSetup"/>.</summary>
    public int AttemptsLeft { get; init; }

    /// <summary>True when the user still has a backup code.</summary>
    public bool HasBackupCodes { get; init; }

    /// <summary>For how many days this browser may be trusted: show the checkbox. Null: show none.</summary>
    public int? TrustOfferDays { get; init; }

    /// <summary>What an authenticator app will show for the user, such as the e-mail address.</summary>
    public required string AccountName { get; init; }

    /// <summary>Where to go at the end: an address on this site, or null.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>True when the session will outlast the browser.</summary>
    public bool IsPersistent { get; init; }

    internal ChallengeToken Challenge { get; }

    internal ImmutableArray<Claim> Claims { get; init; } = [];

    /// <summary>Whose and until when; no token, no claim.</summary>
    public override string ToString() => FormattableString.Invariant($"PendingSignIn of {UserId} (until {ExpiresAt:O})");
}
