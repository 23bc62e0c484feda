using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Enrollment;

/// <summary>A user with an authenticator sets up another: a new phone.</summary>
public sealed class ReplacementTests
{
    [Test]
    [Attack(18)]
    public async Task The_active_authenticator_stays_valid_until_the_new_one_is_confirmed()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
        await host.MustSignInAsync(ada);
        Assert.That(await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0]), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Attack(18), Attack(22)]
    public async Task Once_it_is_confirmed_all_that_belonged_to_the_old_one_is_dead()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        var renewed = await host.EnrollAsync(proof: ada.Proof);
        Assert.Multiple(() =>
        {
            Assert.That(renewed.Proof.Epoch, Is.GreaterThan(ada.Proof.Epoch));
            Assert.That(renewed.BackupCodes.Intersect(ada.BackupCodes), Is.Empty);
        });
        Assert.That(await host.EnterAsync(waiting, renewed.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), "a sign-in that waited");
        var challenge = await host.PassPasswordAsync(renewed);
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.Not.TypeOf<VerifySignInResult.SignedIn>(), "the old app");
        Assert.That(await host.EnterBackupCodeAsync(challenge, ada.BackupCodes[0]), Is.Not.TypeOf<VerifySignInResult.SignedIn>(), "an old backup code");
        Assert.That((await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof)).As<UnregisterResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Superseded));
        Assert.That(await host.EnterAsync(challenge, renewed.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Attack(18)]
    public async Task Without_a_proof_nothing_is_replaced()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var before = await host.StoredAsync(ada.Id);
        var result = await host.Enrollment.BeginAsync(ada.Id, "ada");
        Assert.That(result.As<BeginEnrollmentResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Missing));
        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
    }

    [Test]
    public async Task A_proof_is_fresh_up_to_ten_minutes_and_not_a_tick_longer([Values] bool inTime)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.SetTo(ada.Proof.ProvedAt + TimeSpan.FromMinutes(10) + (inTime ? TimeSpan.Zero : TimeSpan.FromTicks(1)));
        ProofRefusal?[] refusals =
        [
            ((await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, ada.Proof)) as RegenerateBackupCodesResult.ProofRequired)?.Refusal,
            ((await host.Enrollment.BeginAsync(ada.Id, "ada", ada.Proof)) as BeginEnrollmentResult.ProofRequired)?.Refusal,
            ((await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof)) as UnregisterResult.ProofRequired)?.Refusal,
        ];
        Assert.That(refusals, Is.All.EqualTo(inTime ? null : (ProofRefusal?)ProofRefusal.Stale));
    }

    [Test]
    public async Task A_proof_of_another_epoch_is_void_even_for_the_same_authenticator([Values(-1, 1)] int epochs)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var result = await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof with { Epoch = ada.Proof.Epoch + epochs });
        Assert.That(result.As<UnregisterResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Superseded));
    }

    [Test]
    [Attack(25)]
    public async Task A_proof_from_the_future_is_not_believed()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromHours(-1));
        Assert.That((await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof)).As<UnregisterResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Stale));
    }

    [Test]
    public async Task A_trusted_device_does_not_stand_in_for_the_factor()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var result = await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof with { ViaTrust = true });
        Assert.That(result.As<UnregisterResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.NotARealFactor));
    }

    [Test]
    public async Task A_step_up_makes_a_fresh_proof_by_app_or_backup_code([Values] MfaFactorType factor)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        var code = factor == MfaFactorType.Totp ? ada.App.CodeAt(host.Now) : ada.BackupCodes[0];
        var proof = (await host.SignIn.StepUpAsync(ada.Id, factor, code)).As<StepUpResult.Proved>().Proof;
        Assert.That((proof.Factor, proof.Method), Is.EqualTo((factor, (SignInMethod?)null)));
        Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, proof), Is.TypeOf<UnregisterResult.Removed>());
    }

    [Test]
    public async Task A_pending_authenticator_is_void_after_a_reset()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var offer = await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
        await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost phone", "call");
        var result = await host.Enrollment.ConfirmAsync(ada.Id, offer.EnrollmentId, Phone.Scan(offer.Uri).CodeAt(host.Now));
        Assert.That(result, Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
    }
}
