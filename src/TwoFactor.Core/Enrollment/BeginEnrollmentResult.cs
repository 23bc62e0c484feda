using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Enrollment;

/// <summary>The answer to the wish for a new authenticator. A closed hierarchy.</summary>
public abstract record BeginEnrollmentResult
{
    private BeginEnrollmentResult()
    {
    }

    /// <summary>Show the offer and ask for the first code.</summary>
    /// <param name="Offer">QR content and manual key.</param>
    public sealed record Started(EnrollmentOffer Offer) : BeginEnrollmentResult, IGrant;

    /// <summary>The account name cannot be shown in an app.</summary>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record InvalidAccountName(string Reason) : BeginEnrollmentResult;

    /// <summary>An authenticator is active: prove it first (or a backup code) by a step-up.</summary>
    /// <param name="Refusal">What is wrong with the proof given.</param>
    public sealed record ProofRequired(ProofRefusal Refusal) : BeginEnrollmentResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : BeginEnrollmentResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : BeginEnrollmentResult;

    /// <summary>The sign-in that waited for this set-up has expired, was used or was ended. Start over from the first factor.</summary>
    public sealed record ChallengeVoid : BeginEnrollmentResult;

    /// <summary>The session belongs to an earlier epoch of the account: it is void, and so is what it asked for.</summary>
    public sealed record SessionEnded : BeginEnrollmentResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : BeginEnrollmentResult;
}
