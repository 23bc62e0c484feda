using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Enrollment;

/// <summary>The answer to the wish to remove one's authenticator. A closed hierarchy.</summary>
public abstract record UnregisterResult
{
    private UnregisterResult()
    {
    }

    /// <summary>
    /// Secret, codes and challenges are gone and the epoch has moved on: sign the user out everywhere. The app does not know; tell the user
    /// to delete the entry <c>Issuer: AccountName</c> from it.
    /// </summary>
    /// <param name="Issuer">The issuer that the app still shows.</param>
    /// <param name="AccountName">The account that the app still shows.</param>
    public sealed record Removed(string Issuer, string AccountName) : UnregisterResult, IGrant;

    /// <summary>A fresh proof is needed: step up first.</summary>
    /// <param name="Refusal">What is wrong with the proof given.</param>
    public sealed record ProofRequired(ProofRefusal Refusal) : UnregisterResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : UnregisterResult;

    /// <summary>There is no authenticator to remove.</summary>
    public sealed record NotEnrolled : UnregisterResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : UnregisterResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : UnregisterResult;
}
