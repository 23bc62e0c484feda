using System.Collections.Immutable;
using System.Security.Cryptography;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;
using TwoFactor.Otp;

namespace TwoFactor.Verification;

/// <summary>Gathers evidence: the only place where a submitted code meets a seed or a hash.</summary>
internal sealed class CodeExaminer(SeedVault vault, BackupCodeHasher hasher, VerificationPolicy policy)
{
    /// <summary>Compares a code with the active authenticator.</summary>
    public CodeEvidence ExamineTotp(UserId user, ActiveEnrollment active, string code, DateTimeOffset now)
    {
        var context = new TotpContext(user, active.Id, active.ProtectedSecret, active.Parameters);
        return Examine(context, active.LastAcceptedStep, active.BurnedSteps, code, now);
    }

    /// <summary>Compares a code with a pending authenticator.</summary>
    public CodeEvidence ExamineTotp(UserId user, PendingEnrollment pending, string code, DateTimeOffset now)
    {
        var context = new TotpContext(user, pending.Id, pending.ProtectedSecret, pending.Parameters);
        return Examine(context, null, pending.BurnedSteps, code, now);
    }

    /// <summary>
    /// Compares a code with the backup codes of an account: exactly one hash, whether the slot is open, spent or unknown. The same
    /// <paramref name="memo"/> over the rounds of one operation keeps a lost write from costing a second hash.
    /// </summary>
    public async ValueTask<CodeEvidence> ExamineBackupCodeAsync(
        Account account, ActiveEnrollment active, string code, DateTimeOffset now, BackupCodeMemo memo, CancellationToken cancellationToken)
    {
        var canonical = new char[BackupCodeFormat.SymbolCount];
        try
        {
            if (!BackupCodeFormat.TryParse(code, canonical, out var slot, out _)) return new CodeEvidence.Malformed();
            var stored = account.BackupCodes is { } codes && codes.EnrollmentId == active.Id ? codes.HashAt(slot) : null;
            if (!Totp.TryGetStep(now, active.Parameters, out var current)) return new CodeEvidence.ClockMovedBack();
            if (!memo.Knows(stored)) memo.Remember(stored, (await hasher.VerifyAsync(stored, canonical, cancellationToken).ConfigureAwait(false)).Outcome);
            return memo.Outcome switch
            {
                BackupCodeOutcome.Match when stored is not null => new CodeEvidence.Match(new BackupCodeUse(slot, current + policy.Window.Future), default),
                BackupCodeOutcome.Busy => new CodeEvidence.Busy(),
                BackupCodeOutcome.PepperMissing or BackupCodeOutcome.InvalidHash => new CodeEvidence.Unavailable(),
                _ => new CodeEvidence.Mismatch(null, null),
            };
        }
        finally
        {
            Array.Clear(canonical);
        }
    }

    private CodeEvidence Examine(TotpContext context, long? lastAccepted, ImmutableArray<long> burned, string code, DateTimeOffset now)
    {
        Span<char> digits = stackalloc char[context.Parameters.Digits];
        if (!OtpCode.TryNormalize(code, context.Parameters.Digits, digits)) return new CodeEvidence.Malformed();
        // With the whole window before the last accepted step no code could be right: that is the server's clock, not the user.
        if (!Totp.TryGetStep(now, context.Parameters, out var current) || current + policy.Window.Future < lastAccepted) return new CodeEvidence.ClockMovedBack();
        Span<byte> seed = stackalloc byte[SeedVault.MaxSeedLength];
        try
        {
            if (!vault.TryOpen(context, seed, out var length)) return new CodeEvidence.Unavailable();
            return Compare(context, seed[..length], digits, current, lastAccepted, burned, now);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private CodeEvidence Compare(
        TotpContext context, ReadOnlySpan<byte> seed, ReadOnlySpan<char> digits, long current, long? lastAccepted, ImmutableArray<long> burned, DateTimeOffset now)
    {
        var verification = Totp.Verify(seed, digits, now, context.Parameters, policy.Window, lastAccepted, policy.Engine);
        switch (verification.Outcome)
        {
            case TotpOutcome.Valid when burned.Contains(verification.MatchedStep):
            case TotpOutcome.Replayed:
                return new CodeEvidence.Replay(verification.MatchedStep);
            case TotpOutcome.Valid:
                return new CodeEvidence.Match(new TotpUse(verification.MatchedStep, verification.Offset), vault.Rewrap(context, seed));
            case TotpOutcome.Malformed:
                return new CodeEvidence.Malformed();
            default:
                return Hint(context, seed, digits, current, lastAccepted);
        }
    }

    private CodeEvidence.Mismatch Hint(
        TotpContext context, ReadOnlySpan<byte> seed, ReadOnlySpan<char> digits, long current, long? lastAccepted)
    {
        if (policy.ClockHintSteps == 0) return new CodeEvidence.Mismatch(null, null);
        var (parameters, reach) = (context.Parameters, policy.ClockHintSteps);
        var (ahead, behind) = (current + policy.Window.Future + 1, current - policy.Window.Past - 1);
        // A spent code that is typed again says nothing about the device's clock.
        var first = Math.Max(behind - reach + 1, (lastAccepted ?? -1) + 1);
        var match = Totp.FindMatchingStep(seed, digits, ahead, ahead + reach - 1, parameters, policy.Engine);
        if (match is null && first <= behind) match = Totp.FindMatchingStep(seed, digits, first, behind, parameters, policy.Engine);
        if (match is not { } step) return new CodeEvidence.Mismatch(null, null);
        var hint = new ClockHint(TimeSpan.FromSeconds((double)(step - current) * parameters.PeriodSeconds));
        return new CodeEvidence.Mismatch(hint, step > current ? step : null);
    }
}
