using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Enforcement;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.SignIn;

/// <summary>What follows a passed first factor. The cookies are set already. A closed hierarchy.</summary>
public abstract record WebSignInResult
{
    private WebSignInResult()
    {
    }

    /// <summary>Why: the rules of the user's organisations. Empty without organisations.</summary>
    public EnforcementExplanation Explanation { get; init; } = EnforcementExplanation.None;

    /// <summary>The user is signed in: go to <paramref name="ReturnUrl"/>, or first to a reminder.</summary>
    /// <param name="Session">The session that was written.</param>
    /// <param name="ReturnUrl">Where to go: an address on this site, <c>/</c> when there is no other.</param>
    public sealed record SignedIn(TwoFactorSession Session, string ReturnUrl) : WebSignInResult
    {
        /// <summary>Set during grace: remind the user to set up an authenticator, which may be postponed.</summary>
        public EnrollmentPrompt? Reminder { get; init; }
    }

    /// <summary>A code is asked for: go to the page that calls <see cref="WebSignIn.VerifyAsync"/>.</summary>
    /// <param name="Pending">The half-finished sign-in.</param>
    public sealed record CodeRequired(PendingSignIn Pending) : WebSignInResult;

    /// <summary>An authenticator must be set up first: go to the page that calls <c>WebSetup.BeginRequiredAsync</c>.</summary>
    /// <param name="Pending">The half-finished sign-in.</param>
    public sealed record SetupRequired(PendingSignIn Pending) : WebSignInResult;

    /// <summary>An authenticator must be set up, and this client cannot do it: tell the user where to go.</summary>
    /// <param name="Clients">The clients that can.</param>
    /// <param name="Deadline">Since when the grace is over.</param>
    public sealed record EnrollElsewhere(ImmutableArray<ClientKind> Clients, DateTimeOffset Deadline) : WebSignInResult;

    /// <summary>Turned away: grace is over, and an administrator must help.</summary>
    /// <param name="Deadline">Since when the grace is over.</param>
    public sealed record Denied(DateTimeOffset Deadline) : WebSignInResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : WebSignInResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : WebSignInResult;

    /// <summary>The account is being moved between regions, or is not where the directory says. Nothing was counted.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : WebSignInResult;
}
