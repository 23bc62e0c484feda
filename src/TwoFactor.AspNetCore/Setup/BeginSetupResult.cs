using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Setup;

/// <summary>The answer to the wish for a new authenticator. A closed hierarchy.</summary>
public abstract record BeginSetupResult
{
    private BeginSetupResult()
    {
    }

    /// <summary>Show the offer and ask for the first code.</summary>
    /// <param name="Offer">QR code, manual key and ticket.</param>
    public sealed record Started(SetupOffer Offer) : BeginSetupResult;

    /// <summary>The account name cannot be shown in an app.</summary>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record InvalidAccountName(string Reason) : BeginSetupResult;

    /// <summary>An authenticator is active: prove it first by a step-up.</summary>
    /// <param name="Refusal">What is wrong with the proof of the session.</param>
    public sealed record ProofRequired(ProofRefusal Refusal) : BeginSetupResult;

    /// <summary>The account is locked.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : BeginSetupResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : BeginSetupResult;

    /// <summary>The session belongs to an earlier epoch of the account: the user signs in again.</summary>
    public sealed record SessionEnded : BeginSetupResult;

    /// <summary>The account is being moved between regions, or is not where the directory says. Nothing was begun.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : BeginSetupResult;

    /// <summary>There is no half-finished sign-in that waits for a set-up: it has expired, was used or ended, or never was. Start over.</summary>
    public sealed record NoSignIn : BeginSetupResult;
}
