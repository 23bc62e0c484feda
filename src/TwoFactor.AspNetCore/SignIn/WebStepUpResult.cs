using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.SignIn;

/// <summary>The answer to a code given inside a session. The cookies are set already. A closed hierarchy.</summary>
public abstract record WebStepUpResult
{
    private WebStepUpResult()
    {
    }

    /// <summary>The factor was proved anew.</summary>
    /// <param name="Session">The session with the new proof.</param>
    /// <param name="ReturnUrl">Where to go: an address on this site, <c>/</c> when there is no other.</param>
    /// <param name="BackupCodesLeft">How many backup codes are left.</param>
    public sealed record Proved(TwoFactorSession Session, string ReturnUrl, int BackupCodesLeft) : WebStepUpResult;

    /// <summary>The code was not accepted.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(CodeRefusal Refusal) : WebStepUpResult;

    /// <summary>The user has no authenticator to prove.</summary>
    public sealed record NotEnrolled : WebStepUpResult;

    /// <summary>The account's second factor was replaced while the request ran: the session has ended.</summary>
    public sealed record SessionEnded : WebStepUpResult;
}
