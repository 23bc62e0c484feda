using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.SignIn;

/// <summary>Something happens to the account between the moment a request has read it and the moment it writes.</summary>
public sealed class InFlightTests
{
    [Test]
    [Attack(6)]
    public async Task A_code_in_flight_while_the_authenticator_is_removed_and_set_up_anew_gives_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var proof = (await host.MustSignInAsync(ada)).Proof;
        var challenge = await host.PassPasswordAsync(ada);
        var code = ada.App.CodeAt(host.Now);
        OnNextSave(host, async () =>
        {
            Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, proof), Is.TypeOf<UnregisterResult.Removed>());
            await host.EnrollAsync();
        });
        Assert.That(await host.EnterAsync(challenge, code), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    [Attack(6)]
    public async Task A_step_up_in_flight_while_the_authenticator_is_removed_gives_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var proof = (await host.MustSignInAsync(ada)).Proof;
        OnNextSave(host, () => host.Enrollment.UnregisterAsync(ada.Id, proof).AsTask());
        Assert.That(await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, ada.App.CodeAt(host.Now)), Is.TypeOf<StepUpResult.NotEnrolled>());
    }

    [Test]
    [Attack(2), Attack(6)]
    public async Task A_code_used_by_another_request_in_between_is_a_replay()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var (first, second) = (await host.PassPasswordAsync(ada), await host.PassPasswordAsync(ada));
        var code = ada.App.CodeAt(host.Now);
        OnNextSave(host, () => host.EnterAsync(second, code));
        Assert.That((await host.EnterAsync(first, code)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
    }

    [Test]
    [Attack(7)]
    public async Task A_backup_code_used_by_another_request_in_between_is_wrong_and_costs_no_second_hash()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var (first, second) = (await host.PassPasswordAsync(ada), await host.PassPasswordAsync(ada));
        OnNextSave(host, () => host.EnterBackupCodeAsync(second, ada.BackupCodes[0]));
        using var hashes = new HashCounter();
        Assert.That((await host.EnterBackupCodeAsync(first, ada.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(hashes.Count, Is.EqualTo(2), "one for each request");
        Assert.That((await host.Status.GetAsync(ada.Id)).BackupCodesLeft, Is.EqualTo(9));
    }

    [Test]
    [Attack(10), Attack(17)]
    public async Task A_right_code_in_flight_while_the_account_is_locked_gains_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        OnNextSave(host, () => host.GuessUntilLockedAsync(ada));
        var code = ada.App.CodeAt(host.Now);
        Assert.That((await host.EnterAsync(challenge, code)).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        Assert.That(await host.EnterAsync(await host.PassPasswordAsync(ada), code), Is.TypeOf<VerifySignInResult.SignedIn>(), "and was not burnt");
    }

    [Test]
    [Attack(19)]
    public async Task Of_two_confirmations_one_wins()
    {
        using var host = TestHost.Start();
        var ada = new UserId("ada");
        var offer = await host.BeginEnrollmentAsync(ada);
        var code = Phone.Scan(offer.Uri).CodeAt(host.Now);
        ConfirmEnrollmentResult? other = null;
        OnNextSave(host, async () => other = await host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, code));
        Assert.That(await host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, code), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
        var winner = other.As<ConfirmEnrollmentResult.Confirmed>();
        host.NextCode();
        var person = new Person(ada, Phone.Scan(offer.Uri), offer.EnrollmentId, winner.BackupCodes, winner.Proof);
        Assert.That(await host.EnterBackupCodeAsync(await host.PassPasswordAsync(person), winner.BackupCodes[0]), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_request_that_loses_every_write_is_told_so_and_nothing_is_charged()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        host.Store.BeforeSave = async () => await host.OverwriteAsync(await host.StoredAsync(ada.Id));
        var right = await host.EnterAsync(challenge, ada.App.CodeAt(host.Now));
        var wrong = await host.EnterAsync(challenge, ada.App.WrongCodeAt(host.Now));
        host.Store.BeforeSave = null;
        Assert.That(new[] { right.Refusal(), wrong.Refusal() }, Is.All.TypeOf<CodeRefusal.Contended>());
        Assert.That((await host.StoredAsync(ada.Id)).Attempts.RoundFailures, Is.Zero);
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    private static void OnNextSave(TestHost host, Func<Task> happens) => host.Store.BeforeSave = async () =>
    {
        host.Store.BeforeSave = null;
        await happens();
    };
}
