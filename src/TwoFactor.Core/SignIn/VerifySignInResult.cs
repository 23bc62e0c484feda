using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor.SignIn;

/// <summary>The answer to a code given for a sign-in. A closed hierarchy.</summary>
public abstract record VerifySignInResult
{
    private VerifySignInResult()
    {
    }

    /// <summary>The sign-in is complete. Sign in the user that <see cref="Proof"/> names.</summary>
    /// <param name="Proof">Who, with what, when.</param>
    /// <param name="BackupCodesLeft">How many backup codes are left.</param>
    /// <param name="ClockOffset">How many steps the device's clock was off; 0 for a backup code.</param>
    public sealed record SignedIn(Proof Proof, int BackupCodesLeft, int ClockOffset) : VerifySignInResult, IGrant
    {
        /// <summary>The token to set when trust was asked for; null when it was not, or when policy does not allow it.</summary>
        public TrustedDeviceGrant? Device { get; init; }
    }

    /// <summary>The code was not accepted.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(CodeRefusal Refusal) : VerifySignInResult;

    /// <summary>There is no such sign-in attempt: it is unknown, expired, used, or was ended. Start over from the first factor.</summary>
    public sealed record ChallengeVoid : VerifySignInResult;
}
