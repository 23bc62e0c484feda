using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Otp;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Status;

[TestFixture]
[Feature("B9")]
public sealed class UserListKeysTests
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);

    private static readonly TimeSpan[] Offsets =
    [
        TimeSpan.FromDays(-400), TimeSpan.FromMilliseconds(-1), TimeSpan.FromTicks(-1), TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(400),
    ];

    private static IEnumerable<AccountLock?> Locks =>
    [
        null,
        .. Offsets.Select(offset => new AccountLock(LockReason.CodeFailures, LockRelease.AtTime, Now, Now + offset)),
        new AccountLock(LockReason.CodeFailures, LockRelease.AtTime, Now, (Now + TimeSpan.FromTicks(1)).ToOffset(TimeSpan.FromHours(-11))),
        new AccountLock(LockReason.CodeFailures, LockRelease.AtTime, Now, DateTimeOffset.MaxValue),
        new AccountLock(LockReason.CodeFailures, LockRelease.AtTime, Now, null),
        new AccountLock(LockReason.CodeFailures, LockRelease.ByAdministrator, Now, null),
        new AccountLock(LockReason.HardLimit, LockRelease.ByReset, Now, Now),
    ];

    [Test]
    public void Of_every_two_locks_the_keys_tell_at_every_time_what_the_ledger_tells()
    {
        foreach (var code in Locks)
        {
            foreach (var password in Locks)
            {
                var account = Account.NewFor(new UserId("alice")) with { Attempts = new AttemptLedger { CodeLock = code, PasswordLock = password } };
                var keys = UserListKeys.Of(account);
                foreach (var at in Offsets.Select(offset => Now + offset).Append(DateTimeOffset.MinValue).Append(DateTimeOffset.MaxValue))
                {
                    Assert.That(
                        keys.StatusAt(at) == CoarseStatus.Locked, Is.EqualTo(account.Attempts.LockAt(at) is not null), $"code {code}, password {password}, at {at:O}");
                }
            }
        }
    }

    [Test]
    public void A_set_up_is_pending_up_to_its_end_and_only_in_its_epoch([Values(0, 1)] int epoch)
    {
        var pending = new PendingEnrollment
        {
            Id = EnrollmentId.New(), ProtectedSecret = [1], Parameters = TotpParameters.Default, Issuer = "Example", AccountName = "alice", StartedAt = Now, ExpiresAt = Now, Epoch = epoch,
        };
        var keys = UserListKeys.Of(Account.NewFor(new UserId("alice")) with { Pending = pending });
        Assert.That(keys.StatusAt(Now.AddTicks(-1)), Is.EqualTo(epoch == 0 ? CoarseStatus.Pending : CoarseStatus.NotEnrolled));
        Assert.That(keys.StatusAt(Now), Is.EqualTo(CoarseStatus.NotEnrolled));
    }

    [Test]
    public void The_keys_of_a_new_account_are_those_that_lists_give_a_user_without_one() =>
        Assert.That(UserListKeys.Of(Account.NewFor(new UserId("alice"))), Is.EqualTo(new UserListKeys(false, 0, 0, -1)));
}
