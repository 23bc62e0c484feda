using TwoFactor.Accounts;
using TwoFactor.Otp;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>Accounts in every state that a list tells apart, with times at, just before and just after a moment.</summary>
internal static class RandomAccounts
{
    public static Account Next(SeededRandom random, UserId user, DateTimeOffset now)
    {
        var epoch = random.Below(3);
        return Account.NewFor(user) with
        {
            Epoch = epoch,
            Active = random.Chance(2) ? Active(now) : null,
            Pending = random.Chance(3) ? Pending(random.Chance(4) ? epoch + 1 : epoch, Near(random, now)) : null,
            Attempts = new AttemptLedger { CodeLock = Lock(random, LockReason.CodeFailures, now), PasswordLock = Lock(random, LockReason.PasswordFailures, now) },
            PreviousSignInAt = random.Chance(3) ? null : now.AddMilliseconds(-random.Below(5)).AddTicks(-random.Below(3)),
        };
    }

    public static ActiveEnrollment Active(DateTimeOffset at) => new()
    {
        Id = EnrollmentId.New(),
        ProtectedSecret = [1, 2, 3],
        Parameters = TotpParameters.Default,
        Issuer = "Example",
        AccountName = "somebody@example.com",
        ConfirmedAt = at,
        LastAcceptedStep = 1,
    };

    public static PendingEnrollment Pending(long epoch, DateTimeOffset expiresAt) => new()
    {
        Id = EnrollmentId.New(),
        ProtectedSecret = [4, 5, 6],
        Parameters = TotpParameters.Default,
        Issuer = "Example",
        AccountName = "somebody@example.com",
        StartedAt = expiresAt.AddMinutes(-10),
        ExpiresAt = expiresAt,
        Epoch = epoch,
    };

    private static AccountLock? Lock(SeededRandom random, LockReason reason, DateTimeOffset now) => random.Below(6) switch
    {
        0 => new AccountLock(reason, LockRelease.ByAdministrator, now, null),
        1 => new AccountLock(reason, LockRelease.ByReset, now, null),
        2 => new AccountLock(reason, LockRelease.AtTime, now.AddHours(-1), Near(random, now)),
        _ => null,
    };

    // The neighbourhood in which rounding would show.
    private static DateTimeOffset Near(SeededRandom random, DateTimeOffset now) =>
        now + random.Of(TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromTicks(-1), TimeSpan.FromTicks(9999), TimeSpan.FromTicks(-9999), TimeSpan.FromHours(1), TimeSpan.FromHours(-1));
}
