using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>State + event → state. Pure and total: no clock, no randomness, no policy.</summary>
public static class AccountEvolution
{
    /// <summary>Applies events in their order.</summary>
    public static Account Evolve(Account account, ImmutableArray<AccountEvent> events)
    {
        ArgumentNullException.ThrowIfNull(account);
        foreach (var e in events) account = Evolve(account, e);
        return account;
    }

    /// <summary>Applies one event.</summary>
    public static Account Evolve(Account account, AccountEvent e)
    {
        ArgumentNullException.ThrowIfNull(account);
        return e switch
        {
            EnrollmentStarted started => account with { Pending = started.Pending },
            EnrollmentConfirmed confirmed => Confirm(account, confirmed),
            ChallengeIssued issued => Issue(account, issued),
            SignInSucceeded signedIn => SignIn(account, signedIn),
            SignedInByTrust trusted => SignIn(account, trusted),
            DeviceTrusted trusted => Trust(account, trusted),
            TrustedDevicesRevoked revoked => account with { TrustedDevices = account.TrustedDevices.RemoveAll(d => revoked.Devices.Contains(d.Id)) },
            SignInFailed failed => account with { Challenges = Void(account.Challenges, c => Names(c, failed.ChallengeHash)) },
            StepUpSucceeded steppedUp => Accept(account, steppedUp.Use),
            CodeRejected rejected => Reject(account, rejected),
            CodesLocked locked => account with { Attempts = Lock(account.Attempts, locked.Lock), Challenges = Void(account.Challenges, _ => true) },
            PasswordRejected => account with { Attempts = account.Attempts with { PasswordFailures = account.Attempts.PasswordFailures + 1 } },
            PasswordLocked locked => account with
            {
                Attempts = account.Attempts with
                {
                    PasswordFailures = 0,
                    PasswordLockLevel = account.Attempts.PasswordLockLevel + 1,
                    PasswordLock = locked.Lock,
                },
                Challenges = Void(account.Challenges, _ => true),
            },
            // A set-up may have been begun, and a device trusted, by whoever knew the old password.
            PasswordChanged => account with { Challenges = [], Pending = null, TrustedDevices = [] },
            BackupCodesRegenerated regenerated => account with { BackupCodes = regenerated.BackupCodes },
            SecretRewrapped { IsPending: true } rewrapped => account.Pending is null ? account : account with { Pending = account.Pending with { ProtectedSecret = rewrapped.ProtectedSecret } },
            SecretRewrapped rewrapped => account.Active is null ? account : account with { Active = account.Active with { ProtectedSecret = rewrapped.ProtectedSecret } },
            Unregistered => Revoke(account),
            Unlocked => account with { Attempts = Unlock(account.Attempts) },
            TwoFactorReset => Revoke(account) with { Attempts = AttemptLedger.Empty },
            FirstSignInRecorded first => account with { FirstSignIns = account.FirstSignIns.Add(first.SignIn) },
            GraceExtended extended => account with { GraceExtensions = account.GraceExtensions.Add(extended.Extension) },
            GraceExempted exempted => account with
            {
                Exemptions = account.Exemptions.RemoveAll(x => x.OrganizationId == exempted.Exemption.OrganizationId).Add(exempted.Exemption),
            },
            RegionMoveStarted started => account with { Relocation = new Relocation(RelocationState.Leaving, started.Move, started.To) },
            RegionMoveCancelled cancelled => account with { Relocation = new Relocation(RelocationState.Returning, cancelled.Move, cancelled.To) },
            RegionMoveCompleted completed => account with { Region = completed.To, Relocation = null },
            CodeReplayed or AdministrationDenied or SignInRefused or EnforcementReported => account,
            _ => throw new ArgumentException($"There is no rule for {e?.GetType().Name ?? "null"}.", nameof(e)),
        };
    }

    private static Account Confirm(Account account, EnrollmentConfirmed confirmed) => account with
    {
        Epoch = confirmed.Replaces ? account.Epoch + 1 : account.Epoch,
        Active = confirmed.Active,
        Pending = null,
        BackupCodes = confirmed.BackupCodes,
        // A sign-in that waits for this very set-up goes on; when an authenticator was replaced, nothing does.
        Challenges = confirmed.Replaces ? [] : account.Challenges.RemoveAll(c => !c.IsForEnrollment),
        TrustedDevices = [],
        Attempts = Pass(account.Attempts),
    };

    private static Account Issue(Account account, ChallengeIssued issued)
    {
        // What can never be satisfied again makes room first.
        ImmutableArray<Challenge> open = [.. account.Challenges.Where(c => c.ExpiresAt > issued.At && c.Epoch == account.Epoch), issued.Challenge];
        return account with
        {
            Challenges = open.Length > Account.MaxChallenges ? open.RemoveRange(0, open.Length - Account.MaxChallenges) : open,
            Attempts = issued.Challenge.Method.Kind == SignInMethodKind.Password ? PasswordPassed(account.Attempts) : account.Attempts,
        };
    }

    private static Account SignIn(Account account, SignInSucceeded signedIn)
    {
        var completed = account.Challenges.FirstOrDefault(c => Names(c, signedIn.ChallengeHash));
        var next = Without(account, signedIn.ChallengeHash) with { PreviousSignInAt = account.LastSignInAt, LastSignInAt = signedIn.At };
        // A set-up completes one sign-in: others that wait for it start over and are asked for a code.
        if (completed is { IsForEnrollment: true }) next = next with { Challenges = next.Challenges.RemoveAll(c => c.IsForEnrollment) };
        if (signedIn.Use is { } use) return Accept(next, use);
        return signedIn.Method.Kind == SignInMethodKind.Password ? next with { Attempts = PasswordPassed(next.Attempts) } : next;
    }

    private static Account SignIn(Account account, SignedInByTrust trusted) => account with
    {
        PreviousSignInAt = account.LastSignInAt,
        LastSignInAt = trusted.At,
        TrustedDevices =
            [.. account.TrustedDevices.Select(d => d.Id == trusted.Device ? d with { TokenHash = trusted.NextTokenHash, LastUsedAt = trusted.At } : d)],
        Attempts = trusted.Method.Kind == SignInMethodKind.Password ? PasswordPassed(account.Attempts) : account.Attempts,
    };

    private static Account Trust(Account account, DeviceTrusted trusted)
    {
        // What is dead makes room first, then what was used longest ago.
        var alive = account.TrustedDevices.Where(d => d.Epoch == account.Epoch && trusted.At < d.ExpiresAt).OrderByDescending(d => d.LastUsedAt);
        return account with { TrustedDevices = [.. alive.Take(Account.MaxTrustedDevices - 1).Reverse(), trusted.Device] };
    }

    private static Account Accept(Account account, FactorUse use)
    {
        if (account.Active is not { } active) return account;
        var spent = Math.Max(active.LastAcceptedStep, use.SpentThroughStep);
        return account with
        {
            Active = active with { LastAcceptedStep = spent, BurnedSteps = active.BurnedSteps.RemoveAll(step => step <= spent) },
            BackupCodes = use is BackupCodeUse { Slot: var slot } && account.BackupCodes is { } codes
                ? codes with { Hashes = codes.Hashes.SetItem(slot, null) }
                : account.BackupCodes,
            Attempts = Pass(account.Attempts),
        };
    }

    private static Account Reject(Account account, CodeRejected rejected)
    {
        var attempts = account.Attempts;
        return account with
        {
            Attempts = attempts with
            {
                RoundFailures = attempts.RoundFailures + 1,
                ConsecutiveFailures = attempts.ConsecutiveFailures + 1,
                RecentFailures = attempts.Remember(rejected.At),
            },
            Challenges = [.. account.Challenges.Select(c => Names(c, rejected.ChallengeHash) ? c with { Failures = c.Failures + 1 } : c)],
            Active = account.Active is { } active && rejected.Purpose != CodePurpose.EnrollmentConfirmation
                ? active with { BurnedSteps = Burn(active.BurnedSteps, rejected.BurnedStep) }
                : account.Active,
            Pending = account.Pending is { } pending && rejected.Purpose == CodePurpose.EnrollmentConfirmation
                ? pending with { BurnedSteps = Burn(pending.BurnedSteps, rejected.BurnedStep) }
                : account.Pending,
        };
    }

    private static ImmutableArray<long> Burn(ImmutableArray<long> burned, long? step) => step is { } s && !burned.Contains(s) ? burned.Add(s) : burned;

    private static Account Revoke(Account account) => account with
    {
        Epoch = account.Epoch + 1,
        Active = null,
        Pending = null,
        BackupCodes = null,
        Challenges = [],
        TrustedDevices = [],
    };

    private static Account Without(Account account, ImmutableArray<byte> challengeHash) =>
        account with { Challenges = account.Challenges.RemoveAll(c => Names(c, challengeHash)) };

    private static ImmutableArray<Challenge> Void(ImmutableArray<Challenge> challenges, Func<Challenge, bool> which) =>
        [.. challenges.Select(c => which(c) ? c with { IsVoid = true } : c)];

    private static bool Names(Challenge challenge, ImmutableArray<byte> hash) => !hash.IsDefaultOrEmpty && challenge.TokenHash.AsSpan().SequenceEqual(hash.AsSpan());

    private static AttemptLedger Pass(AttemptLedger attempts) => attempts with { RoundFailures = 0, ConsecutiveFailures = 0, LockLevel = 0, CodeLock = null };

    private static AttemptLedger Lock(AttemptLedger attempts, AccountLock l) => attempts with
    {
        RoundFailures = 0,
        // Only the account tier grows; a rolling cap ends when enough failures have left its window.
        LockLevel = l.Reason == LockReason.CodeFailures ? attempts.LockLevel + 1 : attempts.LockLevel,
        CodeLock = l,
    };

    private static AttemptLedger PasswordPassed(AttemptLedger attempts) => attempts with { PasswordFailures = 0, PasswordLockLevel = 0, PasswordLock = null };

    private static AttemptLedger Unlock(AttemptLedger attempts) => attempts with
    {
        RoundFailures = 0,
        LockLevel = 0,
        // A disabled factor is not unlocked: it takes a reset.
        CodeLock = attempts.CodeLock is { Release: LockRelease.ByReset } disabled ? disabled : null,
        PasswordFailures = 0,
        PasswordLockLevel = 0,
        PasswordLock = null,
    };
}
