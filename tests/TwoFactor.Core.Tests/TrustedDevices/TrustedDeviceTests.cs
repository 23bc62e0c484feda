using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Tests.TrustedDevices;

[Feature("C2")]
public sealed class TrustedDeviceTests
{
    private const int Days = 30;

    [Test]
    public async Task A_trusted_browser_is_asked_for_no_code_and_any_other_browser_is()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var (home, work) = (BrowserOf(host, ada), BrowserOf(host, ada));
        await home.TrustAsync();

        Assert.That(await home.IsTrustedAsync(), Is.True);
        Assert.That(await work.IsTrustedAsync(), Is.False);
        home.Cookie = null;
        Assert.That(await home.IsTrustedAsync(), Is.False, "with its cookies cleared");
    }

    [Test]
    public async Task The_checkbox_is_offered_with_the_number_of_days_and_does_nothing_unless_it_is_ticked()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        var challenge = (await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>();
        Assert.That((challenge.TrustOfferDays, challenge.TrustRefusal), Is.EqualTo(((int?)Days, (TrustRefusal?)null)));

        Assert.That((await browser.EnterCodeAsync(challenge.Challenge, trustAs: null)).Device, Is.Null);
        Assert.That(await host.TrustedDevices.ListAsync(ada.Id), Is.Empty);
    }

    [Test]
    public async Task It_ends_to_the_tick_when_the_days_are_over_however_often_it_was_used()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        var start = host.Now;
        var grant = await browser.TrustAsync();
        Assert.That(grant.ExpiresAt, Is.EqualTo(start.AddDays(Days)));

        for (var day = 1; day < Days; day++)
        {
            host.Clock.SetTo(start.AddDays(day));
            Assert.That((await browser.BeginAsync()).As<BeginSignInResult.Trusted>().Device.ExpiresAt, Is.EqualTo(grant.ExpiresAt), $"day {day}");
        }

        host.Clock.SetTo(grant.ExpiresAt.AddTicks(-1));
        Assert.That(await browser.IsTrustedAsync(), Is.True);
        host.Clock.SetTo(grant.ExpiresAt);
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Expired));
    }

    [Test]
    public async Task Each_use_replaces_the_token_and_a_copy_of_an_old_one_kills_the_device()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        var thief = BrowserOf(host, ada);
        thief.Cookie = browser.Cookie;
        Assert.That(await browser.IsTrustedAsync(), Is.True);
        Assert.That(browser.Cookie, Is.Not.EqualTo(thief.Cookie));

        Assert.That((await thief.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Reused));
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Unknown), "the whole family is dead");
        var record = host.Memory.EventsOf(ada.Id).Single(e => e.Name == "mfa_trusted_devices_revoked");
        Assert.That(record.Details["why"], Is.EqualTo("TokenReused"));
    }

    [Test]
    public async Task The_thief_who_uses_a_copy_first_is_found_out_by_the_owners_next_sign_in()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        var thief = BrowserOf(host, ada);
        thief.Cookie = browser.Cookie;

        Assert.That(await thief.IsTrustedAsync(), Is.True, "with the password and the cookie he is the browser");
        Assert.That(await browser.IsTrustedAsync(), Is.False);
        Assert.That(await thief.IsTrustedAsync(), Is.False);
    }

    [Test]
    public async Task The_sign_in_is_complete_recorded_and_says_what_it_stands_on()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        var at = host.Now;
        var grant = await browser.TrustAsync();
        host.Clock.Advance(TimeSpan.FromDays(2));

        var proof = (await browser.BeginAsync()).As<BeginSignInResult.Trusted>().Proof;

        Assert.That(
            (proof.UserId, proof.ViaTrust, proof.ViaRecovery, proof.Factor, proof.ProvedAt, proof.EnrollmentId, proof.Method),
            Is.EqualTo((ada.Id, true, false, MfaFactorType.Totp, at, ada.EnrollmentId, SignInMethod.Password)));
        var status = await host.Status.GetAsync(ada.Id);
        Assert.That((status.LastSignInAt, status.PreviousSignInAt, status.TrustedDevices), Is.EqualTo(((DateTimeOffset?)host.Now, (DateTimeOffset?)at, 1)));
        var record = host.LastAuditOf(ada.Id);
        Assert.That((record.Name, record.MfaFactorType, record.Details["trusted_device"]), Is.EqualTo(("sign_in_succeeded", (MfaFactorType?)null, grant.Id.ToString())));
        var trusted = host.Memory.EventsOf(ada.Id).Single(e => e.Name == "mfa_device_trusted");
        Assert.That((trusted.MfaFactorType, trusted.Details["device_name"]), Is.EqualTo(((MfaFactorType?)MfaFactorType.Totp, "Firefox on Linux")));
    }

    [Test]
    public async Task A_backup_code_can_trust_a_browser_too_and_the_proof_says_that_it_was_recovery()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        var challenge = (await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().Challenge;
        var signedIn = (await host.SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, ada.BackupCodes[3], new TrustRequest("x"))).As<VerifySignInResult.SignedIn>();
        browser.Cookie = signedIn.Device!.Token.Reveal();
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.Trusted>().Proof.ViaRecovery, Is.True);
    }

    [Test]
    [Feature("X8")]
    public async Task Trust_never_carries_a_sensitive_operation()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        var proof = (await browser.BeginAsync()).As<BeginSignInResult.Trusted>().Proof;

        Assert.That(Proof.TryDeserialize(proof.Serialize(), out var carried) && carried == proof, Is.True);
        ProofRefusal[] refusals =
        [
            (await host.Enrollment.UnregisterAsync(ada.Id, proof)).As<UnregisterResult.ProofRequired>().Refusal,
            (await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, proof)).As<RegenerateBackupCodesResult.ProofRequired>().Refusal,
            (await host.Enrollment.BeginAsync(ada.Id, "x", proof)).As<BeginEnrollmentResult.ProofRequired>().Refusal,
        ];
        Assert.That(refusals, Is.All.EqualTo(ProofRefusal.NotARealFactor));
    }

    [Test]
    public async Task The_eleventh_device_pushes_out_the_one_that_was_used_longest_ago()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browsers = new List<Browser>();
        for (var i = 0; i < Account.MaxTrustedDevices; i++)
        {
            var browser = BrowserOf(host, ada);
            await browser.TrustAsync($"browser {i}");
            browsers.Add(browser);
            host.NextCode();
        }

        Assert.That(await browsers[0].IsTrustedAsync(), Is.True);
        host.NextCode();
        var eleventh = BrowserOf(host, ada);
        await eleventh.TrustAsync("the eleventh");

        Assert.That(await host.TrustedDevices.ListAsync(ada.Id), Has.Length.EqualTo(Account.MaxTrustedDevices));
        Assert.That(await browsers[0].IsTrustedAsync(), Is.True, "it was used just now");
        Assert.That((await browsers[1].BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Unknown));
        Assert.That(await eleventh.IsTrustedAsync(), Is.True);
    }

    [Test]
    public async Task The_list_shows_names_and_times_and_one_device_or_all_can_be_revoked()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var (home, work, phone) = (BrowserOf(host, ada), BrowserOf(host, ada), BrowserOf(host, ada));
        foreach (var (browser, name) in new[] { (home, "home"), (work, "work"), (phone, "phone") })
        {
            await browser.TrustAsync(name);
            host.NextCode();
        }

        await home.IsTrustedAsync();
        var devices = await host.TrustedDevices.ListAsync(ada.Id);
        Assert.That(devices.Select(d => d.Name), Is.EqualTo((string[])["home", "phone", "work"]), "the last used first");
        Assert.That((devices[0].LastUsedAt, devices[0].ExpiresAt), Is.EqualTo((host.Now, devices[0].TrustedAt.AddDays(Days))));

        Assert.That(await host.TrustedDevices.RevokeAsync(ada.Id, devices[2].Id), Is.EqualTo(new RevokeTrustedDeviceResult.Revoked(1)));
        Assert.That(await host.TrustedDevices.RevokeAsync(ada.Id, devices[2].Id), Is.TypeOf<RevokeTrustedDeviceResult.NotFound>(), "twice");
        Assert.That((await work.IsTrustedAsync(), await home.IsTrustedAsync()), Is.EqualTo((false, true)));

        Assert.That(await host.TrustedDevices.RevokeAllAsync(ada.Id), Is.EqualTo(new RevokeTrustedDeviceResult.Revoked(2)));
        Assert.That(await host.TrustedDevices.RevokeAllAsync(ada.Id), Is.TypeOf<RevokeTrustedDeviceResult.NotFound>());
        Assert.That((await phone.IsTrustedAsync(), await home.IsTrustedAsync()), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_user_cannot_revoke_a_device_of_another()
    {
        using var host = Start();
        var (ada, eve) = (await host.EnrollAsync("ada"), await host.EnrollAsync("eve"));
        var browser = BrowserOf(host, ada);
        var device = await browser.TrustAsync();
        Assert.That(await host.TrustedDevices.RevokeAsync(eve.Id, device.Id), Is.TypeOf<RevokeTrustedDeviceResult.NotFound>());
        Assert.That(await browser.IsTrustedAsync(), Is.True);
    }

    [TestCase(""), TestCase("   "), TestCase("\u202Eevil\r\n"), TestCase("\uD83D"), TestCase("\0")]
    public async Task Any_text_will_do_as_a_name_and_none_can_forge_a_record(string name)
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        await BrowserOf(host, ada).TrustAsync(name);
        var shown = (await host.TrustedDevices.ListAsync(ada.Id)).Single().Name;
        Assert.That(shown, Has.Length.LessThanOrEqualTo(100));
        Assert.That(shown.EnumerateRunes().Any(rune => rune.Value is '\r' or '\n' or 0 or 0x202E), Is.False);
    }

    [Test]
    public async Task A_name_of_a_million_characters_is_cut_and_no_character_in_half()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        await BrowserOf(host, ada).TrustAsync("x" + string.Concat(Enumerable.Repeat("\U0001F600", 500_000)));
        var shown = (await host.TrustedDevices.ListAsync(ada.Id)).Single().Name;
        Assert.That(shown, Is.EqualTo("x" + string.Concat(Enumerable.Repeat("\U0001F600", 49)) + "\uFFFD"));
    }

    [Test]
    public async Task A_wrong_code_trusts_nothing()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        await host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, ada.App.WrongCodeAt(host.Now), new TrustRequest("x"));
        Assert.That((await host.StoredAsync(ada.Id)).TrustedDevices, Is.Empty);
    }

    [Test]
    [Attack(17)]
    public async Task A_lock_for_codes_or_passwords_holds_for_trusted_browsers_too_and_spends_no_token()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        host.NextCode();
        var locked = await host.GuessUntilLockedAsync(ada);
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.LockedOut>().Lock, Is.EqualTo(locked));
        host.Clock.SetTo(locked.Until!.Value);
        Assert.That(await browser.IsTrustedAsync(), Is.True);

        while (await host.SignIn.ReportPasswordFailureAsync(ada.Id) is not PasswordFailureResult.LockedOut)
        {
        }

        Assert.That(await browser.BeginAsync(), Is.TypeOf<BeginSignInResult.LockedOut>());
    }

    [Test]
    public async Task A_trusted_sign_in_clears_neither_the_count_of_wrong_codes_nor_that_of_an_attack()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        await host.GuessAsync(ada);
        await host.SignIn.ReportPasswordFailureAsync(ada.Id);
        Assert.That(await browser.IsTrustedAsync(), Is.True);
        var attempts = (await host.StoredAsync(ada.Id)).Attempts;
        Assert.That((attempts.RoundFailures, attempts.ConsecutiveFailures, attempts.PasswordFailures), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    [Attack(25)]
    public async Task A_clock_that_went_back_trusts_nothing_and_revokes_nothing()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        var (cookie, now) = (browser.Cookie, host.Now);
        host.Clock.SetTo(now.AddMinutes(-2));
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.ClockMovedBack));
        host.Clock.SetTo(now);
        browser.Cookie = cookie;
        Assert.That(await browser.IsTrustedAsync(), Is.True);
    }

    [Test]
    public async Task The_session_of_a_trusted_sign_in_needs_no_step_up_while_policy_trusts_and_one_when_the_days_are_over()
    {
        using var host = Start();
        var ada = await host.EnrollAsync();
        var browser = BrowserOf(host, ada);
        await browser.TrustAsync();
        var proof = (await browser.BeginAsync()).As<BeginSignInResult.Trusted>().Proof;
        Assert.That((await host.SignIn.CheckSessionAsync(new SignInRequest(ada.Id), proof)).NeedsStepUp, Is.False);
        host.Clock.Advance(TimeSpan.FromDays(Days));
        Assert.That((await host.SignIn.CheckSessionAsync(new SignInRequest(ada.Id), proof)).NeedsStepUp, Is.True);
    }

    private static TestHost Start() => TestHost.Start(o => o.TrustedDevices.Days = Days);

    private static Browser BrowserOf(TestHost host, Person person) => new(host.SignIn, person, () => host.Now);
}
