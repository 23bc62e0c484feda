using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.SignIn;

[Feature("E2")]
public sealed class ReplayTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Test]
    [Attack(1)]
    public async Task A_used_code_is_refused_at_every_later_moment_of_its_window_and_for_every_purpose([Values(-1, 0, 1)] int offset)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(Step * 5);
        var code = ada.App.CodeAt(host.Now + Step * offset);
        Assert.That(await host.EnterAsync(await host.PassPasswordAsync(ada), code), Is.TypeOf<VerifySignInResult.SignedIn>());

        for (var steps = 0; steps <= offset + 1; steps++)
        {
            Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), code)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>(), $"sign-in, {steps} steps later");
            Assert.That((await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, code)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>(), $"step-up, {steps} steps later");
            host.NextCode();
        }
    }

    [Test]
    [Attack(1)]
    public async Task A_code_used_to_unregister_does_not_sign_in_and_the_other_way_round()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var code = ada.App.CodeAt(host.Now);
        var proof = (await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, code)).As<StepUpResult.Proved>().Proof;
        Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), code)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
        Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, proof), Is.TypeOf<UnregisterResult.Removed>());
    }

    [Test]
    [Attack(1)]
    public async Task A_replay_is_not_charged_and_is_recorded()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var code = ada.App.CodeAt(host.Now);
        await host.EnterAsync(await host.PassPasswordAsync(ada), code);
        for (var i = 0; i < 60; i++) Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), code)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
        Assert.That((await host.StoredAsync(ada.Id)).Attempts, Is.EqualTo(AttemptLedger.Empty));
        Assert.That(host.AuditNamesOf(ada.Id).Count(name => name == "mfa_code_replayed"), Is.EqualTo(60));
    }

    [Test]
    [Attack(3)]
    public async Task All_spellings_of_a_code_together_succeed_once()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var code = ada.App.CodeAt(host.Now);
        string[] spellings =
        [
            $"{code[..3]} {code[3..]}", code, $"{code[..3]}-{code[3..]}", $" {code} ", $"{code[..3]}\u00A0{code[3..]}", $"\u200B{code}", $"{code}\u2014",
        ];
        var results = new List<VerifySignInResult>();
        foreach (var spelling in spellings) results.Add(await host.EnterAsync(await host.PassPasswordAsync(ada), spelling));
        Assert.That(results[0], Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(results.Skip(1).Select(r => r.Refusal()), Is.All.TypeOf<CodeRefusal.Replayed>());
    }

    [Test]
    [Attack(3), Feature("A7")]
    public async Task All_spellings_of_a_backup_code_together_succeed_once()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var code = ada.BackupCodes[3];
        var bare = code.Replace("-", "", StringComparison.Ordinal);
        string[] spellings = [bare.ToLowerInvariant(), code, bare, code.Replace('-', ' '), bare.Replace('0', 'O').Replace('1', 'I')];
        var accepted = 0;
        foreach (var spelling in spellings)
        {
            // The lock after five wrong codes is not what is tried here.
            await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
            var result = await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), spelling);
            if (result is VerifySignInResult.SignedIn) accepted++;
            else Assert.That(result.Refusal(), Is.TypeOf<CodeRefusal.Wrong>(), spelling);
        }

        Assert.That(accepted, Is.EqualTo(1));
        Assert.That((await host.Status.GetAsync(ada.Id)).BackupCodesLeft, Is.EqualTo(9));
    }

    [Test]
    [Attack(4)]
    public async Task The_step_that_matched_is_spent_not_the_current_one()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(Step * 5);
        foreach (var offset in new[] { -1, 0, 1 })
        {
            var result = await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.CodeAt(host.Now + Step * offset));
            Assert.That(result, Is.TypeOf<VerifySignInResult.SignedIn>(), $"offset {offset}, after the ones before it");
        }
    }

    [Test]
    [Attack(5)]
    public async Task An_older_code_is_refused_after_a_newer_one()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        host.Clock.Advance(Step * 5);
        await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.CodeAt(host.Now + Step));
        foreach (var offset in new[] { -1, 0 })
        {
            var older = ada.App.CodeAt(host.Now + Step * offset);
            Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), older)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>(), $"offset {offset}");
        }
    }

    [Test]
    [Attack(5)]
    public async Task A_code_captured_before_a_sign_in_with_a_backup_code_is_refused_after_it()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var captured = new[] { -1, 0, 1 }.Select(offset => ada.App.CodeAt(host.Now + Step * offset)).ToArray();
        await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0]);
        for (var steps = 0; steps < 3; steps++)
        {
            foreach (var code in captured)
                Assert.That(await host.EnterAsync(await host.PassPasswordAsync(ada), code), Is.Not.TypeOf<VerifySignInResult.SignedIn>(), $"{steps} steps later");
            await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
            host.NextCode();
        }

        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>(), "a later code is fine");
    }

    [Test]
    [Attack(5)]
    public async Task The_code_that_confirmed_the_enrolment_does_not_sign_in()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var confirming = ada.App.CodeAt(host.Now - Step);
        Assert.That((await host.EnterAsync(await host.PassPasswordAsync(ada), confirming)).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
    }
}
