using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Storage;
using TwoFactor.TrustedDevices;

namespace TwoFactor.SignIn;

/// <summary>What follows a passed first factor. A closed hierarchy.</summary>
public abstract record BeginSignInResult
{
    private BeginSignInResult()
    {
    }

    /// <summary>Why: the rules of the user's organisations, and what each of them says to the sign-in method. Empty without organisations.</summary>
    public EnforcementExplanation Explanation { get; init; } = EnforcementExplanation.None;

    /// <summary>No second factor is asked for; the sign-in is complete and recorded.</summary>
    /// <param name="Epoch">The account's epoch, for the host's session.</param>
    public sealed record Allowed(long Epoch) : BeginSignInResult, IGrant
    {
        /// <summary>Set during grace: prompt for the set-up, which may be postponed.</summary>
        public EnrollmentPrompt? Prompt { get; init; }
    }

    /// <summary>A trusted device stood in for the second factor; the sign-in is complete and recorded.</summary>
    /// <param name="Proof">Who, and which factor was passed when the device was trusted; <see cref="Accounts.Proof.ViaTrust"/> is true.</param>
    /// <param name="Device">The token that replaces the presented one. Set it before anything else: the old one is spent.</param>
    public sealed record Trusted(Proof Proof, TrustedDeviceGrant Device) : BeginSignInResult, IGrant;

    /// <summary>A code is asked for.</summary>
    /// <param name="Challenge">The token to hand back with the code. Keep it in something protected and bound to this browser.</param>
    /// <param name="ExpiresAt">When the attempt ends.</param>
    /// <param name="AttemptsLeft">How many wrong codes are borne; at least 1.</param>
    /// <param name="HasBackupCodes">True when the user still has a backup code.</param>
    public sealed record ChallengeRequired(ChallengeToken Challenge, DateTimeOffset ExpiresAt, int AttemptsLeft, bool HasBackupCodes) : BeginSignInResult, IGrant
    {
        /// <summary>For how many days this device may be trusted: show the checkbox. Null: trusted devices are off, show none.</summary>
        public int? TrustOfferDays { get; init; }

        /// <summary>Why the presented device was not trusted: delete its token. Null when none was presented.</summary>
        public TrustRefusal? TrustRefusal { get; init; }
    }

    /// <summary>
    /// An authenticator must be set up before anything else: let the user into the set-up alone, then complete the sign-in with
    /// <see cref="SignInService.CompleteEnrollmentAsync"/>.
    /// </summary>
    /// <param name="Challenge">The token to hand back with the proof of the set-up.</param>
    /// <param name="ExpiresAt">When the attempt ends.</param>
    /// <param name="Deadline">Since when the grace is over.</param>
    public sealed record EnrollmentRequired(ChallengeToken Challenge, DateTimeOffset ExpiresAt, DateTimeOffset Deadline) : BeginSignInResult, IGrant;

    /// <summary>An authenticator must be set up, and this client cannot do it: tell the user where to go.</summary>
    /// <param name="Clients">The clients that can.</param>
    /// <param name="Deadline">Since when the grace is over.</param>
    public sealed record EnrollElsewhere(ImmutableArray<ClientKind> Clients, DateTimeOffset Deadline) : BeginSignInResult;

    /// <summary>Turned away: grace is over, and an administrator must help.</summary>
    /// <param name="Deadline">Since when the grace is over.</param>
    public sealed record Denied(DateTimeOffset Deadline) : BeginSignInResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : BeginSignInResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : BeginSignInResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : BeginSignInResult;
}

/// <summary>A reminder to set up an authenticator.</summary>
/// <param name="Deadline">Until when it may be postponed.</param>
/// <param name="CanEnrollHere">False when this client cannot set up an authenticator.</param>
public sealed record EnrollmentPrompt(DateTimeOffset Deadline, bool CanEnrollHere);
