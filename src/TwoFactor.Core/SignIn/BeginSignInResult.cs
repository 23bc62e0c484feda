using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.SignIn;

/// <summary>What follows a passed first factor. A closed hierarchy.</summary>
public abstract record BeginSignInResult
{
    private BeginSignInResult()
    {
    }

    /// <summary>No second factor is asked for; the sign-in is complete and recorded.</summary>
    /// <param name="Epoch">The account's epoch, for the host's session.</param>
    public sealed record Allowed(long Epoch) : BeginSignInResult, IGrant;

    /// <summary>A code is asked for.</summary>
    /// <param name="Challenge">The token to hand back with the code. Keep it in something protected and bound to this browser.</param>
    /// <param name="ExpiresAt">When the attempt ends.</param>
    /// <param name="AttemptsLeft">How many wrong codes are borne; at least 1.</param>
    /// <param name="HasBackupCodes">True when the user still has a backup code.</param>
    public sealed record ChallengeRequired(ChallengeToken Challenge, DateTimeOffset ExpiresAt, int AttemptsLeft, bool HasBackupCodes) : BeginSignInResult, IGrant;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : BeginSignInResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : BeginSignInResult;
}
