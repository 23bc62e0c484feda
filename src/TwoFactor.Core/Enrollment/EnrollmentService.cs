using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;
using TwoFactor.Enforcement;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.Enrollment;

/// <summary>
/// Sets up, replaces and removes a user's authenticator and backup codes. Safe for concurrent use. A store that throws leaves every call
/// with its exception and nothing changed.
/// </summary>
public sealed class EnrollmentService
{
    private readonly AccountTransaction _transaction;
    private readonly CodeExaminer _examiner;
    private readonly SeedVault _vault;
    private readonly BackupCodeHasher _hasher;
    private readonly EnrollmentPolicy _policy;
    private readonly PolicyResolver _policies;
    private readonly TimeProvider _time;

    internal EnrollmentService(
        AccountTransaction transaction, CodeExaminer examiner, SeedVault vault, BackupCodeHasher hasher, EnrollmentPolicy policy,
        PolicyResolver policies, TimeProvider time) =>
        (_transaction, _examiner, _vault, _hasher, _policy, _policies, _time) = (transaction, examiner, vault, hasher, policy, policies, time);

    /// <summary>
    /// Begins to set up an authenticator: makes a seed and stores it, encrypted, as pending. The active authenticator, if there is one,
    /// stays valid until the new one is confirmed.
    /// </summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="accountName">What the app shows next to the issuer, such as the e-mail address.</param>
    /// <param name="proof">Needed when an authenticator is active: a fresh proof, from a sign-in or a step-up.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<BeginEnrollmentResult> BeginAsync(
        UserId userId, string accountName, Proof? proof = null, CancellationToken cancellationToken = default) =>
        BeginAtHomeAsync(userId, accountName, proof, static _ => null, cancellationToken);

    /// <summary>
    /// The same for a session of a known epoch, which is compared in the same write: a session that was void meanwhile begins nothing.
    /// </summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="accountName">What the app shows next to the issuer, such as the e-mail address.</param>
    /// <param name="proof">Needed when an authenticator is active: a fresh proof, from a sign-in or a step-up.</param>
    /// <param name="sessionEpoch">The account's epoch when the session was made.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<BeginEnrollmentResult> BeginAsync(
        UserId userId, string accountName, Proof? proof, long sessionEpoch, CancellationToken cancellationToken = default) =>
        BeginAtHomeAsync(
            userId, accountName, proof, account => account.Epoch == sessionEpoch ? null : new BeginEnrollmentResult.SessionEnded(), cancellationToken);

    /// <summary>
    /// Begins the set-up that a sign-in waits for (<c>BeginSignInResult.EnrollmentRequired</c>). The sign-in must still stand: one that a changed
    /// password, a lock or a reset has ended begins nothing.
    /// </summary>
    /// <param name="challenge">The token of that sign-in.</param>
    /// <param name="accountName">What the app shows next to the issuer, such as the e-mail address.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<BeginEnrollmentResult> BeginRequiredAsync(ChallengeToken challenge, string accountName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        var now = _time.GetUtcNow();
        return BeginAtHomeAsync(
            challenge.UserId, accountName, null, account => Waits(account, challenge, now) ? null : new BeginEnrollmentResult.ChallengeVoid(), cancellationToken);
    }

    private ValueTask<BeginEnrollmentResult> BeginAtHomeAsync(
        UserId userId, string accountName, Proof? proof, Func<Account, BeginEnrollmentResult?> refuse, CancellationToken cancellationToken) =>
        TryBeginAsync(userId, accountName, proof, refuse, cancellationToken).OrRefusedAsync(static reason => new BeginEnrollmentResult.RegionRefused(reason));

    private ValueTask<BeginEnrollmentResult> TryBeginAsync(
        UserId userId, string accountName, Proof? proof, Func<Account, BeginEnrollmentResult?> refuse, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        ArgumentNullException.ThrowIfNull(accountName);
        if (!ProvisioningLabel.TryValidate(accountName, out var labelError))
            return ValueTask.FromResult<BeginEnrollmentResult>(new BeginEnrollmentResult.InvalidAccountName(labelError.ToString()));
        var now = _time.GetUtcNow();
        var (offer, sealedSeed) = Offer(userId, accountName, now);
        return _transaction.RunAsync<BeginEnrollmentResult>(
            userId,
            account => ValueTask.FromResult(refuse(account) is { } refusal
                ? Decision<BeginEnrollmentResult>.Reply(refusal)
                : EnrollmentDecider.Begin(account, proof, offer, sealedSeed, _policy, now)),
            new BeginEnrollmentResult.Contended(),
            cancellationToken);
    }

    /// <summary>Confirms a pending authenticator with its first code. It charges the same budget as a sign-in.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="enrollmentId">The id from the offer; a code for any other enrolment does not count.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<ConfirmEnrollmentResult> ConfirmAsync(
        UserId userId, EnrollmentId enrollmentId, string code, CancellationToken cancellationToken = default) =>
        ConfirmAtHomeAsync(userId, enrollmentId, code, static (_, _) => true, cancellationToken);

    /// <summary>
    /// Confirms the set-up that a sign-in waits for; complete that sign-in with the proof. In the same write the sign-in must still stand: one that a
    /// changed password, a lock or a reset has ended sets up nothing.
    /// </summary>
    /// <param name="challenge">The token of that sign-in.</param>
    /// <param name="enrollmentId">The id from the offer; a code for any other enrolment does not count.</param>
    /// <param name="code">The code as typed: any text gets a typed answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<ConfirmEnrollmentResult> ConfirmRequiredAsync(
        ChallengeToken challenge, EnrollmentId enrollmentId, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        return ConfirmAtHomeAsync(challenge.UserId, enrollmentId, code, (account, now) => Waits(account, challenge, now), cancellationToken);
    }

    private static bool Waits(Account account, ChallengeToken challenge, DateTimeOffset now) =>
        challenge.FindIn(account, forEnrollment: true, now) is { IsVoid: false };

    private ValueTask<ConfirmEnrollmentResult> ConfirmAtHomeAsync(
        UserId userId, EnrollmentId enrollmentId, string code, Func<Account, DateTimeOffset, bool> stands, CancellationToken cancellationToken) =>
        TryConfirmAsync(userId, enrollmentId, code, stands, cancellationToken)
            .OrRefusedAsync(static reason => new ConfirmEnrollmentResult.Refused(new CodeRefusal.RegionRefused(reason)));

    private async ValueTask<ConfirmEnrollmentResult> TryConfirmAsync(
        UserId userId, EnrollmentId enrollmentId, string code, Func<Account, DateTimeOffset, bool> stands, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        ArgumentNullException.ThrowIfNull(code);
        var now = _time.GetUtcNow();
        var lockout = _policies.LockoutFor(await _policies.ResolveAsync(userId, cancellationToken).ConfigureAwait(false));
        BackupCodeBatch? batch = null;
        return await _transaction.RunAsync<ConfirmEnrollmentResult>(
            userId,
            async account =>
            {
                // The holder of a sign-in that a lock has ended is told of the lock.
                if (CodeDecider.Precheck(account, now) is null && !stands(account, now))
                    return Decision<ConfirmEnrollmentResult>.Reply(new ConfirmEnrollmentResult.ChallengeVoid());
                if (EnrollmentDecider.Find(account, enrollmentId, now) is not { } pending)
                    return Decision<ConfirmEnrollmentResult>.Reply(new ConfirmEnrollmentResult.NotPending());
                if (CodeDecider.Precheck(account, now) is { } locked) return Refuse(locked, []);
                var evidence = _examiner.ExamineTotp(userId, pending, code, now);
                var verdict = CodeDecider.Decide(account, evidence, MfaFactorType.Totp, CodePurpose.EnrollmentConfirmation, null, lockout, now);
                if (verdict.Use is null) return Refuse(verdict.Refusal, verdict.Events);
                if (verdict.Use is not TotpUse use) return Refuse(new CodeRefusal.Unavailable(), []);
                // Codes are made only for somebody who has the authenticator, and once, however many rounds the write takes.
                batch ??= await _hasher.GenerateAsync(cancellationToken).ConfigureAwait(false);
                return batch is null
                    ? Refuse(new CodeRefusal.Busy(), [])
                    : EnrollmentDecider.Confirm(account, pending, use, batch.Codes, Nullable(batch.Hashes), now);
            },
            new ConfirmEnrollmentResult.Refused(new CodeRefusal.Contended()),
            cancellationToken).ConfigureAwait(false);

        static Decision<ConfirmEnrollmentResult> Refuse(CodeRefusal refusal, ImmutableArray<AccountEvent> events) =>
            Decision<ConfirmEnrollmentResult>.Make(new ConfirmEnrollmentResult.Refused(refusal), events);
    }

    /// <summary>Replaces all backup codes.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="proof">A fresh proof, from a sign-in or a step-up.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<RegenerateBackupCodesResult> RegenerateBackupCodesAsync(
        UserId userId, Proof? proof, CancellationToken cancellationToken = default) =>
        RegenerateBackupCodesAtHomeAsync(userId, proof, cancellationToken).OrRefusedAsync(static reason => new RegenerateBackupCodesResult.RegionRefused(reason));

    private ValueTask<RegenerateBackupCodesResult> RegenerateBackupCodesAtHomeAsync(
        UserId userId, Proof? proof, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        BackupCodeBatch? batch = null;
        return _transaction.RunAsync<RegenerateBackupCodesResult>(
            userId,
            async account =>
            {
                if (EnrollmentDecider.RefuseRegeneration(account, proof, _policy, now) is { } refusal)
                    return Decision<RegenerateBackupCodesResult>.Reply(refusal);
                batch ??= await _hasher.GenerateAsync(cancellationToken).ConfigureAwait(false);
                return batch is null
                    ? Decision<RegenerateBackupCodesResult>.Reply(new RegenerateBackupCodesResult.Busy())
                    : EnrollmentDecider.Regenerate(account.Active!, batch.Codes, Nullable(batch.Hashes), now);
            },
            new RegenerateBackupCodesResult.Contended(),
            cancellationToken);
    }

    /// <summary>Removes the user's own authenticator with everything that hangs on it, and raises the epoch.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="proof">A fresh proof, from a sign-in or a step-up.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<UnregisterResult> UnregisterAsync(UserId userId, Proof? proof, CancellationToken cancellationToken = default) =>
        UnregisterAtHomeAsync(userId, proof, cancellationToken).OrRefusedAsync(static reason => new UnregisterResult.RegionRefused(reason));

    private ValueTask<UnregisterResult> UnregisterAtHomeAsync(
        UserId userId, Proof? proof, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        return _transaction.RunAsync<UnregisterResult>(
            userId,
            account => ValueTask.FromResult(EnrollmentDecider.Unregister(account, proof, _policy, now)),
            new UnregisterResult.Contended(),
            cancellationToken);
    }

    private (EnrollmentOffer Offer, ImmutableArray<byte> SealedSeed) Offer(UserId userId, string accountName, DateTimeOffset now)
    {
        var id = EnrollmentId.New();
        using var secret = OtpSecret.Generate(_policy.SecretLength);
        var uri = OtpAuthUriBuilder.BuildTotp(_policy.Issuer, accountName, secret, _policy.Parameters);
        var offer = new EnrollmentOffer(id, uri, secret.ToManualEntryKey(), _policy.Issuer, accountName, now + _policy.PendingLifetime);
        return (offer, _vault.Seal(userId, id, secret.Bytes));
    }

    private static ImmutableArray<string?> Nullable(ImmutableArray<string> hashes) => ImmutableArray<string?>.CastUp(hashes!);
}
