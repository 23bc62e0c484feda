using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Status;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Status;

public sealed class AccountStatusTests
{
    private static readonly UserId Ada = new("ada");

    [Test]
    public async Task A_user_of_whom_nothing_is_stored_has_the_status_of_a_new_account()
    {
        using var host = TestHost.Start();
        Assert.That(await host.Status.GetAsync(Ada), Is.EqualTo(new AccountStatus { UserId = Ada, Epoch = 0 }));
        Assert.That(host.Store.Saves, Is.Zero, "looking stores nothing");
    }

    [Test]
    public async Task It_follows_the_user_through_set_up_sign_in_and_a_backup_code()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        Assert.That((await host.Status.GetAsync(Ada)).PendingUntil, Is.EqualTo(offer.ExpiresAt));
        var confirmedAt = host.Now;
        var ada = await host.EnrollAsync();
        await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0]);
        Assert.That(await host.Status.GetAsync(Ada), Is.EqualTo(new AccountStatus
        {
            UserId = Ada,
            Epoch = ada.Proof.Epoch,
            EnrolledAt = confirmedAt,
            AuthenticatorAccountName = "ada@example.org",
            BackupCodesGeneratedAt = confirmedAt,
            BackupCodesLeft = 9,
            LastSignInAt = host.Now,
        }));
    }

    [Test]
    public async Task A_lock_is_shown_while_it_binds()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var l = await host.GuessUntilLockedAsync(ada);
        Assert.That((await host.Status.GetAsync(Ada)).Lock, Is.EqualTo(l));
        host.Clock.SetTo(l.Until!.Value);
        Assert.That((await host.Status.GetAsync(Ada)).Lock, Is.Null);
    }

    [Test]
    public async Task A_pending_authenticator_that_has_expired_is_not_shown()
    {
        using var host = TestHost.Start();
        host.Clock.SetTo((await host.BeginEnrollmentAsync(Ada)).ExpiresAt);
        Assert.That((await host.Status.GetAsync(Ada)).PendingUntil, Is.Null);
    }

    [Test]
    public void Nobody_has_no_status()
    {
        using var host = TestHost.Start();
        Assert.That(() => host.Status.GetAsync(default).AsTask(), Throws.ArgumentException.With.Property("ParamName").EqualTo("userId"));
    }
}
