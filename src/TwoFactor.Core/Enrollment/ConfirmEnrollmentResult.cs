using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.Enrollment;

/// <summary>The answer to the first code of a new authenticator. A closed hierarchy.</summary>
public abstract record ConfirmEnrollmentResult
{
    private ConfirmEnrollmentResult()
    {
    }

    /// <summary>The authenticator is active.</summary>
    /// <param name="BackupCodes">The codes, shown once: nothing can return them again.</param>
    /// <param name="Proof">A fresh proof of the new authenticator. When an earlier one was replaced, sessions of the old epoch are void.</param>
    /// <param name="ClockOffset">How many steps the device's clock was off.</param>
    public sealed record Confirmed(ImmutableArray<string> BackupCodes, Proof Proof, int ClockOffset) : ConfirmEnrollmentResult, IGrant
    {
        /// <summary>The proof alone.</summary>
        public override string ToString() => $"Confirmed {Proof.EnrollmentId} (codes redacted)";
    }

    /// <summary>The code was not accepted.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(CodeRefusal Refusal) : ConfirmEnrollmentResult;

    /// <summary>The sign-in that waited for this set-up has expired, was used or was ended: nothing was set up. Start over from the first factor.</summary>
    public sealed record ChallengeVoid : ConfirmEnrollmentResult;

    /// <summary>No such enrolment waits: it is unknown, expired, confirmed already, or another was begun since. Begin again.</summary>
    public sealed record NotPending : ConfirmEnrollmentResult;
}
