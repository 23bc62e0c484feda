using TwoFactor.Accounts;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.SignIn;

/// <summary>The answer to a code given for a sign-in. The cookies are set already. A closed hierarchy.</summary>
public abstract record WebVerifyResult
{
    private WebVerifyResult()
    {
    }

    /// <summary>The user is signed in: go to <paramref name="ReturnUrl"/>.</summary>
    /// <param name="Session">The session that was written.</param>
    /// <param name="ReturnUrl">Where to go: an address on this site, <c>/</c> when there is no other.</param>
    /// <param name="BackupCodesLeft">How many backup codes are left.</param>
    /// <param name="ClockOffset">How many steps the device's clock was off; 0 for a backup code.</param>
    public sealed record SignedIn(TwoFactorSession Session, string ReturnUrl, int BackupCodesLeft, int ClockOffset) : WebVerifyResult
    {
        /// <summary>Until when this browser is trusted; null when it is not.</summary>
        public DateTimeOffset? TrustedUntil { get; init; }
    }

    /// <summary>The code was not accepted, and the attempt goes on: ask again.</summary>
    /// <param name="Refusal">Why; never <c>StartOver</c> or <c>LockedOut</c>.</param>
    /// <param name="Pending">The half-finished sign-in, with the attempts that are left.</param>
    public sealed record Refused(CodeRefusal Refusal, PendingSignIn Pending) : WebVerifyResult;

    /// <summary>The account is locked, and the attempt is over.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : WebVerifyResult;

    /// <summary>The attempts of this sign-in are used up: start over from the first factor.</summary>
    public sealed record StartOver : WebVerifyResult;

    /// <summary>There is no half-finished sign-in that waits for a code: it has expired, was used or ended, or never was. Start over.</summary>
    public sealed record NoSignIn : WebVerifyResult;
}
