using System.Collections.Immutable;
using System.Security.Cryptography;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Otp;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Accounts and audit events to store.</summary>
internal static class Sample
{
    // With ticks below the millisecond, which a store must not round away.
    public static readonly DateTimeOffset Now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);

    public static UserId Alice { get; } = new("alice");

    /// <summary>An account whose <see cref="Account.Epoch"/> is a number to tell it by.</summary>
    public static Account Numbered(UserId user, long number) => Account.NewFor(user) with { Epoch = number };

    /// <summary>Every member set, the lists as long as they get.</summary>
    public static Account Full(UserId user)
    {
        var active = EnrollmentId.New();
        return new Account
        {
            UserId = user,
            Epoch = long.MaxValue - 1,
            Active = new ActiveEnrollment
            {
                Id = active,
                ProtectedSecret = Bytes(64),
                Parameters = new TotpParameters { Algorithm = OtpAlgorithm.Sha512, Digits = 8, PeriodSeconds = 60, T0 = 7 },
                Issuer = "Exämple & Söhne 株式会社",
                AccountName = "o'brien\"\\<é>@example.com",
                ConfirmedAt = Now,
                LastAcceptedStep = 1L << 40,
                BurnedSteps = [(1L << 40) + 1, (1L << 40) + 9],
            },
            Pending = new PendingEnrollment
            {
                Id = EnrollmentId.New(),
                ProtectedSecret = Bytes(96),
                Parameters = TotpParameters.Default,
                Issuer = "Example",
                AccountName = string.Concat(Enumerable.Repeat("𝔘", 60)),
                StartedAt = Now,
                ExpiresAt = Now.AddMinutes(10),
                Epoch = 3,
            },
            BackupCodes = new BackupCodeSet
            {
                EnrollmentId = active,
                GeneratedAt = Now.AddDays(-1),
                Hashes = [.. Enumerable.Range(0, 10).Select(i => i % 3 == 2 ? null : $"$argon2id$v=19$m=19456,t=2,p=1${Convert.ToBase64String(Bytes(24).AsSpan())}")],
            },
            Attempts = new AttemptLedger
            {
                RoundFailures = 2,
                ConsecutiveFailures = 49,
                LockLevel = 3,
                RecentFailures = [.. Enumerable.Range(0, AttemptLedger.MaxRemembered).Select(i => Now.AddSeconds(i - 300))],
                CodeLock = new AccountLock(LockReason.RollingCap, LockRelease.AtTime, Now, Now.AddHours(1)),
                PasswordFailures = 4,
                PasswordLockLevel = 1,
                PasswordLock = new AccountLock(LockReason.PasswordFailures, LockRelease.ByAdministrator, Now, null),
            },
            Challenges = [.. Enumerable.Range(0, Account.MaxChallenges).Select(Waiting)],
            TrustedDevices = [.. Enumerable.Range(0, Account.MaxTrustedDevices).Select(i => Trusted(i, active))],
            GraceExtensions = [new GraceExtension(new OrganizationId("acme"), TimeSpan.FromDays(3)), new GraceExtension(new OrganizationId("Açme"), TimeSpan.FromTicks(1))],
            Exemptions = [new GraceExemption(new OrganizationId("acme"), Now.AddDays(9))],
            FirstSignIns = [new FirstSignIn(new OrganizationId("acme"), "everyone", Now.AddDays(-9))],
            LastSignInAt = Now.AddDays(-2),
            PreviousSignInAt = Now.AddDays(-3),
        };
    }

    /// <summary>Longer than a host will make it: lists and texts far beyond what the services write.</summary>
    public static Account Greatest(UserId user)
    {
        var full = Full(user);
        var organizations = Enumerable.Range(0, 1000).Select(i => new OrganizationId($"{i:D4}{new string('o', OrganizationId.MaxLength - 4)}")).ToArray();
        return full with
        {
            Epoch = long.MaxValue,
            Active = full.Active! with
            {
                ProtectedSecret = Bytes(4096),
                Issuer = new string('é', 5000),
                AccountName = string.Concat(Enumerable.Repeat("😀", 5000)),
                LastAcceptedStep = long.MaxValue,
                BurnedSteps = [.. Enumerable.Range(0, 64).Select(i => long.MaxValue - 64 + i)],
            },
            BackupCodes = full.BackupCodes! with { Hashes = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? new string('h', 1000) : null)] },
            GraceExtensions = [.. organizations.Select((id, i) => new GraceExtension(id, TimeSpan.FromTicks(i + 1)))],
            Exemptions = [.. organizations.Select((id, i) => new GraceExemption(id, Now.AddTicks(i)))],
            FirstSignIns = [.. organizations.Select((id, i) => new FirstSignIn(id, new string('r', 64), Now.AddTicks(i)))],
            LastSignInAt = DateTimeOffset.MaxValue.ToUniversalTime(),
            PreviousSignInAt = DateTimeOffset.UnixEpoch,
        };
    }

    /// <summary>The account with events appended to its chain, as the library appends them.</summary>
    public static (Account Account, ImmutableArray<AuditEvent> Events) WithEvents(Account account, params string[] names)
    {
        var head = account.AuditHead ?? new AuditChainHead(0, [.. new byte[32]]);
        var events = ImmutableArray.CreateBuilder<AuditEvent>();
        foreach (var name in names)
        {
            var e = new AuditEvent
            {
                Chain = AuditChainId.Of(account.UserId),
                Subject = account.UserId,
                Organization = head.Sequence % 2 == 0 ? new OrganizationId("Açme \"x\"") : null,
                Sequence = head.Sequence + 1,
                Name = name,
                OccurredAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddMilliseconds(head.Sequence + 1),
                Actor = "Ädmin 'x' \\ \"y\" 😀",
                MfaFactorType = (head.Sequence % 3) switch { 0 => MfaFactorType.Totp, 1 => MfaFactorType.BackupCode, _ => null },
                // Every seventh is long.
                Details = ImmutableSortedDictionary.CreateRange<string, string>(
                    StringComparer.Ordinal,
                    (KeyValuePair<string, string>[])[new("Zeta", "first"), new("alpha", "l'été \"<&>\" \\u0041 😀"), new("long", new string('x', head.Sequence % 7 == 0 ? 5000 : 5))]),
                PreviousHash = head.Hash,
                Hash = [],
            };
            e = e with { Hash = AuditChain.ComputeHash(e) };
            events.Add(e);
            head = new AuditChainHead(e.Sequence, e.Hash);
        }

        return (account with { AuditHead = head }, events.ToImmutable());
    }

    private static Challenge Waiting(int i) => new()
    {
        TokenHash = Bytes(32),
        Method = (i % 4) switch { 0 => SignInMethod.Password, 1 => SignInMethod.MagicLink, 2 => SignInMethod.Sso, _ => SignInMethod.External("Gööglé") },
        Epoch = i,
        IssuedAt = Now.AddSeconds(i),
        ExpiresAt = Now.AddSeconds(i + 300),
        Failures = i,
        IsVoid = i % 2 == 1,
    };

    private static TrustedDevice Trusted(int i, EnrollmentId enrollment) => new()
    {
        Id = TrustedDeviceId.New(),
        TokenHash = Bytes(32),
        Name = $"Bröwser {i} " + new string('x', 80),
        Factor = i % 2 == 0 ? MfaFactorType.Totp : MfaFactorType.BackupCode,
        EnrollmentId = enrollment,
        Epoch = i,
        TrustedAt = Now.AddSeconds(i),
        ExpiresAt = Now.AddSeconds(i).AddDays(90),
        LastUsedAt = Now.AddHours(i),
    };

    private static ImmutableArray<byte> Bytes(int count) => [.. RandomNumberGenerator.GetBytes(count)];
}
