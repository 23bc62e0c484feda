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

    /// <summary>Applies the events of one operation, and with them the new end of the audit chain.</summary>
    internal static Account Evolve(Account account, ImmutableArray<AccountEvent> events, AuditChainHead? head)
    {
        for (var i = 0; i < events.Length - 1; i++) account = Evolve(account, events[i]);
        // In one copy for what every sign-in does.
        return events[^1] switch
        {
            ChallengeIssued issued => Issue(account, issued, head),
            SignInSucceeded signedIn => SignIn(account, signedIn, head),
            var last => Evolve(account, last) with { AuditHead = head },
        };
    }

    /// <summary>Applies one event.</summary>
    public static Account Evolve(Account account, AccountEvent e)
    {
        ArgumentNullException.ThrowIfNull(account);
        return e switch
        {
            EnrollmentStarted started => account with { Pending = started.Pending },
            EnrollmentConfirmed confirmed => Confirm(account, confirmed),
            ChallengeIssued issued => Issue(account, issued, account.AuditHead),
            SignInSucceeded signedIn => SignIn(account, signedIn, account.AuditHead),
            SignedInByTrust trusted => SignIn(account, trusted),
            DeviceTrusted trusted => Trust(account, trusted),
            TrustedDevicesRevoked revoked => account with { TrustedDevices = Without(account.TrustedDevices, revoked) },
            SignInFailed failed => account with { Challenges = Void(account.Challenges, failed) },
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
            GraceExempted exempted => account with { Exemptions = Renew(account.Exemptions, exempted.Exemption) },
            RegionMoveStarted started => account with { Relocation = new Relocation(RelocationState.Leaving, started.Move, started.To) },
            RegionMoveCancelled cancelled => account with { Relocation = new Relocation(RelocationState.Returning, cancelled.Move, cancelled.To) },
            RegionMoveCompleted completed => account with { Region = completed.To, Relocation = null },
            CodeReplayed or AdministrationDenied or SignInRefused or EnforcementReported => account,
            _ => throw new ArgumentException($"There is no rule for {e?.GetType().Name ?? "null"}.", nameof(e)),
        };
    }

    private static ImmutableArray<GraceExemption> Renew(ImmutableArray<GraceExemption> exemptions, GraceExemption exemption) =>
        exemptions.RemoveAll(x => x.OrganizationId == exemption.OrganizationId).Add(exemption);

    private static ImmutableArray<TrustedDevice> Without(ImmutableArray<TrustedDevice> devices, TrustedDevicesRevoked revoked) =>
        devices.RemoveAll(d => revoked.Devices.Contains(d.Id));

    private static ImmutableArray<Challenge> Void(ImmutableArray<Challenge> challenges, SignInFailed failed) =>
        Void(challenges, c => Names(c, failed.ChallengeHash));

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

    private static Account Issue(Account account, ChallengeIssued issued, AuditChainHead? head)
    {
        // What can never be satisfied again makes room first.
        var open = account.Challenges;
        for (var i = open.Length - 1; i >= 0; i--)
        {
            if (open[i].ExpiresAt <= issued.At || open[i].Epoch != account.Epoch) open = open.RemoveAt(i);
        }

        open = open.Add(issued.Challenge);
        return account with
        {
            Challenges = open.Length > Account.MaxChallenges ? open.RemoveRange(0, open.Length - Account.MaxChallenges) : open,
            Attempts = issued.Challenge.Method.Kind == SignInMethodKind.Password ? PasswordPassed(account.Attempts) : account.Attempts,
            AuditHead = head,
        };
    }

    private static Account SignIn(Account account, SignInSucceeded signedIn, AuditChainHead? head)
    {
        var spent = Spend(account, signedIn.Use);
        return account with
        {
            Challenges = Without(account.Challenges, signedIn.ChallengeHash),
            PreviousSignInAt = account.LastSignInAt,
            LastSignInAt = signedIn.At,
            Active = spent.Active,
            BackupCodes = spent.BackupCodes,
            Attempts = signedIn.Use is null && signedIn.Method.Kind == SignInMethodKind.Password ? PasswordPassed(account.Attempts) : spent.Attempts,
            AuditHead = head,
        };
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
        var (active, backupCodes, attempts) = Spend(account, use);
        return account with { Active = active, BackupCodes = backupCodes, Attempts = attempts };
    }

    /// <summary>What an accepted code leaves: nothing is spent without a code, or without an authenticator.</summary>
    private static (ActiveEnrollment? Active, BackupCodeSet? BackupCodes, AttemptLedger Attempts) Spend(Account account, FactorUse? use)
    {
        if (use is null || account.Active is not { } active) return (account.Active, account.BackupCodes, account.Attempts);
        var spent = Math.Max(active.LastAcceptedStep, use.SpentThroughStep);
        var codes = use is BackupCodeUse { Slot: var slot } && account.BackupCodes is { } kept
            ? kept with { Hashes = kept.Hashes.SetItem(slot, null) }
            : account.BackupCodes;
        return (active with { LastAcceptedStep = spent, BurnedSteps = After(active.BurnedSteps, spent) }, codes, Pass(account.Attempts));
    }

    private static ImmutableArray<long> After(ImmutableArray<long> steps, long spent)
    {
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if (steps[i] <= spent) steps = steps.RemoveAt(i);
        }

        return steps;
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

    /// <summary>
    /// The challenges that wait still once this one is completed. A set-up completes one sign-in: others that wait for it start over and are
    /// asked for a code.
    /// </summary>
    private static ImmutableArray<Challenge> Without(ImmutableArray<Challenge> challenges, ImmutableArray<byte> completed)
    {
        var (left, setUp) = (challenges, false);
        for (var i = left.Length - 1; i >= 0; i--)
        {
            if (!Names(left[i], completed)) continue;
            setUp |= left[i].IsForEnrollment;
            left = left.RemoveAt(i);
        }

        return setUp ? left.RemoveAll(c => c.IsForEnrollment) : left;
    }

    private static ImmutableArray<Challenge> Void(ImmutableArray<Challenge> challenges, Func<Challenge, bool> which) =>
        [.. challenges.Select(c => which(c) ? c with { IsVoid = true } : c)];

    private static bool Names(Challenge challenge, ImmutableArray<byte> hash) => !hash.IsDefaultOrEmpty && challenge.TokenHash.AsSpan().SequenceEqual(hash.AsSpan());

    private static AttemptLedger Pass(AttemptLedger attempts) =>
        attempts is { RoundFailures: 0, ConsecutiveFailures: 0, LockLevel: 0, CodeLock: null } ? attempts : attempts with { RoundFailures = 0, ConsecutiveFailures = 0, LockLevel = 0, CodeLock = null };

    private static AttemptLedger Lock(AttemptLedger attempts, AccountLock l) => attempts with
    {
        RoundFailures = 0,
        // Only the account tier grows; a rolling cap ends when enough failures have left its window.
        LockLevel = l.Reason == LockReason.CodeFailures ? attempts.LockLevel + 1 : attempts.LockLevel,
        CodeLock = l,
    };

    private static AttemptLedger PasswordPassed(AttemptLedger attempts) =>
        attempts is { PasswordFailures: 0, PasswordLockLevel: 0, PasswordLock: null } ? attempts : attempts with { PasswordFailures = 0, PasswordLockLevel = 0, PasswordLock = null };

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
