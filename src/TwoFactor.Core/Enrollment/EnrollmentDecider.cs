using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.Enrollment;

/// <summary>The decisions about setting up and removing an authenticator. Pure.</summary>
internal static class EnrollmentDecider
{
    /// <summary>A new authenticator is wished for.</summary>
    public static Decision<BeginEnrollmentResult> Begin(
        Account account, Proof? proof, EnrollmentOffer offer, ImmutableArray<byte> sealedSeed, EnrollmentPolicy policy, DateTimeOffset now)
    {
        if (account.Attempts.LockAt(now) is { } l) return Decision<BeginEnrollmentResult>.Reply(new BeginEnrollmentResult.LockedOut(l));
        if (account.Active is not null && ProofCheck.Examine(account, proof, policy.ProofMaxAge, now) is { } refusal)
            return Decision<BeginEnrollmentResult>.Reply(new BeginEnrollmentResult.ProofRequired(refusal));

        var pending = new PendingEnrollment
        {
            Id = offer.EnrollmentId,
            ProtectedSecret = sealedSeed,
            Parameters = policy.Parameters,
            Issuer = offer.Issuer,
            AccountName = offer.AccountName,
            StartedAt = now,
            ExpiresAt = offer.ExpiresAt,
            Epoch = account.Epoch,
        };
        return Decision<BeginEnrollmentResult>.Make(new BeginEnrollmentResult.Started(offer), [new EnrollmentStarted(now, pending)]);
    }

    /// <summary>The pending enrolment that may be confirmed under an id; null when there is none.</summary>
    public static PendingEnrollment? Find(Account account, EnrollmentId id, DateTimeOffset now) =>
        account.Pending is { } pending && pending.Id == id && pending.Epoch == account.Epoch && now < pending.ExpiresAt ? pending : null;

    /// <summary>The first code matched.</summary>
    public static Decision<ConfirmEnrollmentResult> Confirm(
        Account account, PendingEnrollment pending, TotpUse use, ImmutableArray<string> codes, ImmutableArray<string?> hashes, DateTimeOffset now)
    {
        var active = new ActiveEnrollment
        {
            Id = pending.Id,
            ProtectedSecret = pending.ProtectedSecret,
            Parameters = pending.Parameters,
            Issuer = pending.Issuer,
            AccountName = pending.AccountName,
            ConfirmedAt = now,
            // The code that confirmed is spent: it cannot sign in.
            LastAcceptedStep = use.Step,
            BurnedSteps = pending.BurnedSteps.RemoveAll(step => step <= use.Step),
        };
        var confirmed = new EnrollmentConfirmed(now, active, Set(pending.Id, hashes, now), account.Active is not null);
        var proof = new Proof
        {
            UserId = account.UserId,
            Factor = MfaFactorType.Totp,
            EnrollmentId = active.Id,
            Epoch = AccountEvolution.Evolve(account, confirmed).Epoch,
            ProvedAt = now,
        };
        return Decision<ConfirmEnrollmentResult>.Make(new ConfirmEnrollmentResult.Confirmed(codes, proof, use.Offset), [confirmed]);
    }

    /// <summary>New backup codes are wished for; null when they may be made.</summary>
    public static RegenerateBackupCodesResult? RefuseRegeneration(Account account, Proof? proof, EnrollmentPolicy policy, DateTimeOffset now)
    {
        if (account.Active is null) return new RegenerateBackupCodesResult.NotEnrolled();
        if (account.Attempts.LockAt(now) is { } l) return new RegenerateBackupCodesResult.LockedOut(l);
        return ProofCheck.Examine(account, proof, policy.ProofMaxAge, now) is { } refusal ? new RegenerateBackupCodesResult.ProofRequired(refusal) : null;
    }

    /// <summary>New backup codes were made.</summary>
    public static Decision<RegenerateBackupCodesResult> Regenerate(
        ActiveEnrollment active, ImmutableArray<string> codes, ImmutableArray<string?> hashes, DateTimeOffset now) =>
        Decision<RegenerateBackupCodesResult>.Make(
            new RegenerateBackupCodesResult.Regenerated(codes), [new BackupCodesRegenerated(now, Set(active.Id, hashes, now))]);

    /// <summary>The user wants to remove the authenticator.</summary>
    public static Decision<UnregisterResult> Unregister(Account account, Proof? proof, EnrollmentPolicy policy, DateTimeOffset now)
    {
        if (account.Active is not { } active) return Decision<UnregisterResult>.Reply(new UnregisterResult.NotEnrolled());
        if (account.Attempts.LockAt(now) is { } l) return Decision<UnregisterResult>.Reply(new UnregisterResult.LockedOut(l));
        return ProofCheck.Examine(account, proof, policy.ProofMaxAge, now) is { } refusal
            ? Decision<UnregisterResult>.Reply(new UnregisterResult.ProofRequired(refusal))
            : Decision<UnregisterResult>.Make(new UnregisterResult.Removed(active.Issuer, active.AccountName), [new Unregistered(now)]);
    }

    private static BackupCodeSet Set(EnrollmentId enrollment, ImmutableArray<string?> hashes, DateTimeOffset now) =>
        new() { EnrollmentId = enrollment, GeneratedAt = now, Hashes = hashes };
}
