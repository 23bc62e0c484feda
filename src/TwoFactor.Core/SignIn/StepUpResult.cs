using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.SignIn;

/// <summary>The answer to a code given inside a session. A closed hierarchy.</summary>
public abstract record StepUpResult
{
    private StepUpResult()
    {
    }

    /// <summary>The factor was proved anew.</summary>
    /// <param name="Proof">Who, with what, when.</param>
    /// <param name="BackupCodesLeft">How many backup codes are left.</param>
    public sealed record Proved(Proof Proof, int BackupCodesLeft) : StepUpResult, IGrant;

    /// <summary>The code was not accepted.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(CodeRefusal Refusal) : StepUpResult;

    /// <summary>The user has no authenticator to prove.</summary>
    public sealed record NotEnrolled : StepUpResult;
}
