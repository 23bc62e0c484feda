using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Otp;

namespace TwoFactor.Scale;

/// <summary>
/// Users as they are in a product that has been running for years: names that many share, one home organisation each by a distribution in which
/// few are large (Zipf), every sixth in a second one, all in the vendor's own; two thirds with an authenticator, a few locked, some never there.
/// </summary>
internal static class People
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_first =
    [
        "Ada", "Ahmed", "Ana", "Anders", "Annette", "Bea", "Boris", "Carla", "Chen", "Clara", "David", "Dora", "Elif", "Emil", "Fatima", "Felix", "Grace", "Hana",
        "Hugo", "Ines", "Ivan", "Jo\u00E3o", "Judith", "Kofi", "Lars", "Leila", "Maria", "Mehmet", "Nina", "Olga", "Pedro", "Priya", "Quinn", "Rosa", "Sven", "Tom\u00E1s",
        "Uma", "Victor", "Wei", "Zo\u00EB",
    ];

    private static readonly string[] s_last =
    [
        "Abe", "Adams", "Bauer", "Becker", "Chandra", "Costa", "Diaz", "Dubois", "Eriksen", "Evans", "Farah", "Fischer", "Garcia", "Gupta", "Haddad", "Hansen",
        "Ito", "Ivanova", "Jansen", "Jones", "Kaya", "Kim", "Larsen", "Lee", "Li", "Martin", "M\u00FCller", "Nguyen", "Novak", "Okafor", "Oliveira", "Park", "Patel",
        "Quist", "Rossi", "Ruiz", "Santos", "Sato", "Schmidt", "Silva", "Singh", "Smith", "Tanaka", "Torres", "Usman", "Varga", "Wagner", "Wang", "Weber", "Wong",
        "Yang", "Yilmaz", "Zhang", "Zhou", "Zimmer",
    ];

    public static UserId IdOf(long user) => new($"user-{Dice.Roll(user, 1):x16}");

    public static DirectoryUser Named(long user)
    {
        var (first, last) = (s_first[Dice.Below(user, 2, s_first.Length)], s_last[Dice.Below(user, 3, s_last.Length)]);
        return new DirectoryUser(IdOf(user), $"{first} {last}", $"{first}.{last}{user}@{HomeOf(user, 1000)}.example".ToLowerInvariant());
    }

    /// <summary>The number of the home organisation, from 1 on: the n-th is a n-th as large as the first.</summary>
    public static int HomeOf(long user, int organizations)
    {
        // By the inverse of the harmonic sum, which is near enough to ln n.
        var u = Dice.Roll(user, 4) / (double)ulong.MaxValue;
        return Math.Clamp((int)Math.Exp(u * Math.Log(organizations)), 1, organizations - 1);
    }

    public static int? SecondOf(long user, int organizations) =>
        Dice.Chance(user, 5, 160) && Dice.Below(user, 6, organizations - 1) + 1 is var other && other != HomeOf(user, organizations) ? other : null;

    /// <summary>Null for who has never been there.</summary>
    public static Account? AccountOf(long user)
    {
        if (Dice.Chance(user, 7, 80)) return null;
        var (last, before) = (Now.AddMinutes(-Dice.Below(user, 8, 60 * 24 * 30)), Dice.Below(user, 9, 60 * 24 * 30));
        return Account.NewFor(IdOf(user)) with
        {
            Active = Dice.Chance(user, 10, 660) ? Authenticator(user) : null,
            Pending = null,
            BackupCodes = Dice.Chance(user, 10, 660) ? Codes(user) : null,
            Attempts = Dice.Chance(user, 11, 5) ? new AttemptLedger { CodeLock = Lock(user) } : AttemptLedger.Empty,
            LastSignInAt = last,
            PreviousSignInAt = Dice.Chance(user, 12, 100) ? null : last.AddMinutes(-before - 1),
            AuditHead = new AuditChainHead(12, [.. Dice.Bytes(user, 13, 32)]),
        };
    }

    private static AccountLock Lock(long user) => Dice.Chance(user, 14, 800)
        ? new AccountLock(LockReason.CodeFailures, LockRelease.ByAdministrator, Now.AddDays(-1), null)
        : new AccountLock(LockReason.CodeFailures, LockRelease.AtTime, Now.AddMinutes(-1), Now.AddMinutes(Dice.Below(user, 15, 60)));

    private static EnrollmentId EnrollmentOf(long user) => new(new Guid(Dice.Bytes(user, 16, 16)));

    // Nothing opens it: lists and simulations do not try.
    private static ActiveEnrollment Authenticator(long user) => new()
    {
        Id = EnrollmentOf(user),
        ProtectedSecret = [.. Dice.Bytes(user, 17, 52)],
        Parameters = TotpParameters.Default,
        Issuer = "Example",
        AccountName = $"somebody{user}@example.com",
        ConfirmedAt = Now.AddDays(-Dice.Below(user, 18, 700)),
        LastAcceptedStep = 59_000_000,
    };

    private static BackupCodeSet Codes(long user) => new()
    {
        EnrollmentId = EnrollmentOf(user),
        GeneratedAt = Now.AddDays(-Dice.Below(user, 18, 700)),
        Hashes = [.. Enumerable.Range(0, 10).Select(i => i < Dice.Below(user, 19, 3) ? null
            : $"$argon2id$v=19$m=19456,t=2,p=1${Convert.ToBase64String(Dice.Bytes(user, 20 + i, 16)).TrimEnd('=')}${Convert.ToBase64String(Dice.Bytes(user, 40 + i, 32)).TrimEnd('=')}")],
    };
}
