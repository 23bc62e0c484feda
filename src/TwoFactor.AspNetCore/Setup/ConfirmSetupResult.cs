using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Setup;

/// <summary>The answer to the first code of a new authenticator. The cookies are set already. A closed hierarchy.</summary>
public abstract record ConfirmSetupResult
{
    private ConfirmSetupResult()
    {
    }

    /// <summary>The authenticator is active. Show the codes, then go to <paramref name="ReturnUrl"/>.</summary>
    /// <param name="BackupCodes">The codes, shown once: nothing can return them again.</param>
    /// <param name="Session">
    /// The session, with the proof of the new authenticator. Null when the attempt to sign in has ended meanwhile: the authenticator is set up, and
    /// the user starts over from the first factor.
    /// </param>
    /// <param name="ReturnUrl">Where to go: an address on this site, <c>/</c> when there is no other.</param>
    /// <param name="ClockOffset">How many steps the device's clock was off.</param>
    public sealed record Confirmed(ImmutableArray<string> BackupCodes, TwoFactorSession? Session, string ReturnUrl, int ClockOffset) : ConfirmSetupResult
    {
        /// <summary>The session alone.</summary>
        public override string ToString() => $"Confirmed ({Session?.ToString() ?? "no session"}, codes redacted)";
    }

    /// <summary>The code was not accepted: show the same offer again.</summary>
    /// <param name="Refusal">Why; never <c>LockedOut</c>.</param>
    /// <param name="Offer">The offer, unchanged.</param>
    public sealed record Refused(CodeRefusal Refusal, SetupOffer Offer) : ConfirmSetupResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : ConfirmSetupResult;

    /// <summary>The ticket is not this user's, or the set-up has expired, was confirmed already, or was begun again elsewhere. Begin again.</summary>
    public sealed record NotPending : ConfirmSetupResult;

    /// <summary>There is no half-finished sign-in that waits for a set-up: it has expired, was used or ended, or never was. Start over.</summary>
    public sealed record NoSignIn : ConfirmSetupResult;
}
