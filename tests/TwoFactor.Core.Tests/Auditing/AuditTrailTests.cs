using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Auditing;

/// <summary>"Administrators can track users who have set up 2FA, along with 2FA login successes and failures."</summary>
[Feature("C9")]
public sealed class AuditTrailTests
{
    [Test]
    public async Task Setting_up_is_mfa_setup_succeeded()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var record = host.LastAuditOf(ada.Id);
        Assert.That((record.Name, record.Subject, record.Actor, record.Schema), Is.EqualTo(("mfa_setup_succeeded", ada.Id, "ada", 1)));
        Assert.That(record.OccurredAt, Is.EqualTo(host.Now - TimeSpan.FromSeconds(30)));
        Assert.That(record.OccurredAt.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Signing_in_is_sign_in_succeeded_with_MfaFactorType([Values] MfaFactorType factor)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var code = factor == MfaFactorType.Totp ? ada.App.CodeAt(host.Now) : ada.BackupCodes[4];
        await host.SignIn.VerifyAsync(await host.PassPasswordAsync(ada), factor, code);
        var record = host.LastAuditOf(ada.Id);
        Assert.That((record.Name, record.MfaFactorType, record.Details["method"]), Is.EqualTo(("sign_in_succeeded", (MfaFactorType?)factor, "Password")));
    }

    [Test]
    public async Task Signing_in_without_a_second_factor_has_no_MfaFactorType()
    {
        using var host = TestHost.Start();
        await host.SignIn.BeginAsync(new SignInRequest(new UserId("ada")) { Method = SignInMethod.External("Google") });
        var record = host.LastAuditOf(new UserId("ada"));
        Assert.That((record.Name, record.MfaFactorType, record.Details["method"]), Is.EqualTo(("sign_in_succeeded", (MfaFactorType?)null, "External(Google)")));
    }

    [Test]
    public async Task Attempts_that_run_out_are_sign_in_failed_with_MfaFactorType([Values] MfaFactorType factor, [Values] LockoutPreset preset)
    {
        using var host = TestHost.Start(o => o.Lockout.Preset = preset);
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var wrong = factor == MfaFactorType.Totp ? ada.App.WrongCodeAt(host.Now) : ada.WrongBackupCode();
        for (var i = 1; i <= 3; i++)
        {
            await host.SignIn.VerifyAsync(challenge, factor, wrong);
            var failed = host.Memory.EventsOf(ada.Id).Where(e => e.Name == "sign_in_failed").ToArray();
            Assert.That(failed, Has.Length.EqualTo(i == 3 ? 1 : 0), $"after {i}");
            if (i == 3) Assert.That(failed[0].MfaFactorType, Is.EqualTo(factor));
        }
    }

    [Test]
    [Feature("X10")]
    public async Task The_whole_story_of_an_account_is_one_unbroken_chain_that_tells_what_happened_in_order()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.SignInAsync(ada);
        await host.SignInAsync(ada);
        await host.GuessUntilLockedAsync(ada);
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, ada.Proof);
        await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        await host.SignIn.ReportPasswordChangedAsync(ada.Id);
        host.NextCode();
        await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, ada.App.CodeAt(host.Now));
        await host.Enrollment.UnregisterAsync(ada.Id, ada.Proof);
        await host.Administration.ResetAsync(Administrators.Root, ada.Id, "help", "call");

        var events = host.Memory.EventsOf(ada.Id);
        Assert.That(events.Select(e => e.Name).Where(name => name is not ("mfa_challenge_issued" or "mfa_code_rejected")), Is.EqualTo((string[])
        [
            "mfa_setup_started", "mfa_setup_succeeded", "sign_in_succeeded", "mfa_code_replayed", "sign_in_failed", "mfa_locked",
            "mfa_unlocked", "mfa_backup_codes_regenerated", "password_rejected", "password_changed", "mfa_step_up_succeeded", "mfa_unregistered", "mfa_reset",
        ]));
        Assert.That(events.Count(e => e.Name == "mfa_code_rejected"), Is.EqualTo(5));
        Assert.That(events.Select(e => e.Sequence), Is.EqualTo(Enumerable.Range(1, events.Length)));
        Assert.That(AuditChain.FindBreak(events, (await host.StoredAsync(ada.Id)).AuditHead), Is.Null);
    }

    [Test]
    [Feature("X10")]
    public async Task Changing_removing_or_reordering_a_record_breaks_the_chain()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.MustSignInAsync(ada);
        var (events, head) = (host.Memory.EventsOf(ada.Id), (await host.StoredAsync(ada.Id)).AuditHead);
        for (var i = 0; i < events.Length; i++)
        {
            AuditEvent[] changes =
            [
                events[i] with { Name = "mfa_reset" },
                events[i] with { Actor = "eve" },
                events[i] with { Subject = new UserId("eve") },
                events[i] with { OccurredAt = events[i].OccurredAt.AddMilliseconds(1) },
                events[i] with { MfaFactorType = events[i].MfaFactorType is null ? MfaFactorType.Totp : null },
                events[i] with { Details = events[i].Details.Add("x", "y") },
                events[i] with { Schema = 2 },
            ];
            foreach (var changed in changes) Assert.That(AuditChain.FindBreak(events.SetItem(i, changed), head), Is.EqualTo(i + 1), changed.ToString());
            Assert.That(AuditChain.FindBreak(events.RemoveAt(i), head), Is.EqualTo(i + 1));
            if (i > 0) Assert.That(AuditChain.FindBreak(events.SetItem(i, events[i - 1]).SetItem(i - 1, events[i]), head), Is.EqualTo(i));
        }

        Assert.That(AuditChain.FindBreak(events, null), Is.Not.Null, "a chain whose end is gone");
        Assert.That(AuditChain.FindBreak([], head), Is.EqualTo(1), "a chain that is gone");
    }
}
