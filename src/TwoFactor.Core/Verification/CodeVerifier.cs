using TwoFactor.Accounts;
using TwoFactor.Lockout;

namespace TwoFactor.Verification;

/// <summary>Evidence, then judgement: what every call that takes a code of an active authenticator does with it.</summary>
internal sealed class CodeVerifier(CodeExaminer examiner)
{
    public async ValueTask<CodeVerdict> VerifyAsync(
        Account account, ActiveEnrollment active, SubmittedCode code, Challenge? challenge, LockoutPolicy lockout, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // A locked account costs no cryptography, and burns nothing.
        if (CodeDecider.Precheck(account, now) is { } refusal) return CodeVerdict.Refused(refusal, []);
        var evidence = code.Factor == MfaFactorType.BackupCode
            ? await examiner.ExamineBackupCodeAsync(account, active, code.Text, now, code.Memo, cancellationToken).ConfigureAwait(false)
            : examiner.ExamineTotp(account.UserId, active, code.Text, now);
        return CodeDecider.Decide(account, evidence, code.Factor, code.Purpose, challenge, lockout, now);
    }
}

/// <summary>A code as it came in, for the length of one operation.</summary>
internal sealed record SubmittedCode(MfaFactorType Factor, string Text, CodePurpose Purpose)
{
    public BackupCodeMemo Memo => field ??= new BackupCodeMemo();

    /// <summary>The kind alone: the text is a secret until it is spent.</summary>
    public override string ToString() => Factor.ToString();
}
