using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Administration;

/// <summary>"User locked out: administrator can reset 2FA, user sets up 2FA again, generate new backup codes."</summary>
[Feature("A12")]
public sealed class ResetTests
{
    [Test]
    [Attack(22)]
    public async Task After_a_reset_the_old_secret_codes_sign_ins_and_proofs_are_dead()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var waiting = await host.PassPasswordAsync(ada);
        var offer = await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
        Assert.That(await ResetAsync(host, ada.Id), Is.TypeOf<AdministrationResult.Done>());

        var status = await host.Status.GetAsync(ada.Id);
        Assert.That((status.IsEnrolled, status.PendingUntil, status.BackupCodesLeft), Is.EqualTo((false, (DateTimeOffset?)null, 0)));
        Assert.That(status.Epoch, Is.GreaterThan(ada.Proof.Epoch));
        var stored = await host.StoredAsync(ada.Id);
        Assert.That((stored.Active, stored.Pending, stored.BackupCodes), Is.EqualTo(((ActiveEnrollment?)null, (PendingEnrollment?)null, (BackupCodeSet?)null)));
        Assert.That(await host.EnterAsync(waiting, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.Enrollment.ConfirmAsync(ada.Id, offer.EnrollmentId, "123456"), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());

        var again = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(again);
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.Not.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await host.EnterBackupCodeAsync(challenge, ada.BackupCodes[0]), Is.Not.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await host.EnterAsync(waiting, again.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        foreach (var refusal in new[]
        {
            (await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof)).As<UnregisterResult.ProofRequired>().Refusal,
            (await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, ada.Proof)).As<RegenerateBackupCodesResult.ProofRequired>().Refusal,
            (await host.Enrollment.BeginAsync(ada.Id, "ada", ada.Proof)).As<BeginEnrollmentResult.ProofRequired>().Refusal,
        }) Assert.That(refusal, Is.EqualTo(ProofRefusal.Superseded));
    }

    [Test]
    public async Task A_locked_out_user_is_reset_sets_up_again_and_gets_new_backup_codes()
    {
        using var host = TestHost.Start(o => o.Lockout.Preset = LockoutPreset.AdminUnlock);
        var ada = await host.EnrollAsync();
        await host.GuessUntilLockedAsync(ada);
        await ResetAsync(host, ada.Id);
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>(), "the password alone, until set up again");
        var again = await host.EnrollAsync();
        Assert.That(again.BackupCodes, Has.Length.EqualTo(10));
        Assert.That(again.BackupCodes.Intersect(ada.BackupCodes), Is.Empty);
        Assert.That(await host.SignInAsync(again), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task The_record_says_who_why_and_how_identity_was_verified()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost phone", "video call, passport");
        var record = host.LastAuditOf(ada.Id);
        Assert.That((record.Name, record.Actor, record.Subject), Is.EqualTo(("mfa_reset", "root", ada.Id)));
        Assert.That(record.Details["reason"], Is.EqualTo("lost phone"));
        Assert.That(record.Details["identity_verification"], Is.EqualTo("video call, passport"));
    }

    [TestCase("", "call", "reason"), TestCase(" \t", "call", "reason"), TestCase("lost", "", "identityVerification"), TestCase("lost", "\u00A0", "identityVerification")]
    public async Task A_reset_without_reason_or_verification_is_not_done(string reason, string verification, string field)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var result = await host.Administration.ResetAsync(Administrators.Root, ada.Id, reason, verification);
        Assert.That(result.As<AdministrationResult.Invalid>().Field, Is.EqualTo(field));
        Assert.That((await host.Status.GetAsync(ada.Id)).IsEnrolled, Is.True);
    }

    [Test]
    public async Task Texts_have_at_most_a_thousand_characters([Values(1000, 1001)] int length)
    {
        using var host = TestHost.Start();
        var text = new string('x', length);
        AdministrationResult[] results =
        [
            await host.Administration.ResetAsync(Administrators.Root, new UserId("ada"), text, "call"),
            await host.Administration.ResetAsync(Administrators.Root, new UserId("ada"), "lost", text),
            await host.Administration.UnlockAsync(Administrators.Root, new UserId("ada"), text),
        ];
        Assert.That(results, length == 1000 ? Is.All.TypeOf<AdministrationResult.Done>() : Is.All.TypeOf<AdministrationResult.Invalid>());
    }

    private static async Task<AdministrationResult> ResetAsync(TestHost host, UserId user) =>
        await host.Administration.ResetAsync(Administrators.Root, user, "lost phone", "video call");
}
