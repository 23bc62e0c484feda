using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Enrollment;

/// <summary>"Click Enable, scan QR code with authenticator app, enter 6-digit code to verify, save backup codes securely."</summary>
[Feature("A1")]
public sealed class SelfEnrollmentTests
{
    private static readonly UserId Ada = new("ada");

    [Test]
    public async Task A_user_scans_the_QR_code_confirms_with_a_code_and_gets_ten_backup_codes()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        var app = Phone.Scan(offer.Uri);
        var confirmed = (await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, app.CodeAt(host.Now))).As<ConfirmEnrollmentResult.Confirmed>();
        Assert.Multiple(() =>
        {
            Assert.That(app.CodeAt(host.Now), Has.Length.EqualTo(6));
            Assert.That(confirmed.BackupCodes, Has.Length.EqualTo(10).And.Unique);
            Assert.That(confirmed.BackupCodes, Is.All.Match("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$"));
            Assert.That(confirmed.Proof.EnrollmentId, Is.EqualTo(offer.EnrollmentId));
            Assert.That(confirmed.ClockOffset, Is.Zero);
        });
        Assert.That((await host.Status.GetAsync(Ada)).IsEnrolled, Is.True);
    }

    [Test]
    [Attack(17)]
    public async Task A_set_up_that_was_begun_with_the_old_password_is_void_after_a_new_one()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        Assert.That(await host.SignIn.ReportPasswordChangedAsync(Ada), Is.True);
        var result = await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, Phone.Scan(offer.Uri).CodeAt(host.Now));
        Assert.That(result, Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
        Assert.That((await host.Status.GetAsync(Ada)).IsEnrolled, Is.False, "whoever knew the old password holds no authenticator of this account");
    }

    [Test]
    public async Task The_manual_key_leads_to_the_same_codes_as_the_QR_code()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        Assert.That(offer.ManualKey, Does.Match("^([A-Za-z2-7]{4} ){7}[A-Za-z2-7]{4}$"), "20 bytes in groups of four");
        Assert.That(Phone.Type(offer.ManualKey).CodeAt(host.Now), Is.EqualTo(Phone.Scan(offer.Uri).CodeAt(host.Now)));
    }

    [Test]
    public async Task The_QR_code_names_issuer_and_account()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        Assert.That(OtpAuthUri.TryParse(offer.Uri, out var uri, out _), Is.True);
        Assert.That((uri!.Issuer, uri.LabelIssuer, uri.Account), Is.EqualTo(("Acme", "Acme", "ada@example.org")));
        Assert.That(offer.Uri, Does.StartWith("otpauth://totp/Acme:ada%40example.org?"));
    }

    [Test]
    public async Task Every_enrolment_has_a_seed_of_its_own()
    {
        using var host = TestHost.Start();
        var seeds = new HashSet<string>();
        for (var i = 0; i < 100; i++) seeds.Add((await host.BeginEnrollmentAsync(Ada)).ManualKey);
        Assert.That(seeds, Has.Count.EqualTo(100));
    }

    [Test]
    [Attack(20)]
    public async Task An_authenticator_that_was_not_confirmed_does_not_count()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        var code = Phone.Scan(offer.Uri).CodeAt(host.Now);
        Assert.That(await host.SignIn.BeginAsync(new SignInRequest(Ada)), Is.TypeOf<BeginSignInResult.Allowed>(), "no code is asked for");
        Assert.That(await host.SignIn.StepUpAsync(Ada, MfaFactorType.Totp, code), Is.TypeOf<StepUpResult.NotEnrolled>());
        Assert.That(await host.Enrollment.RegenerateBackupCodesAsync(Ada, null), Is.TypeOf<RegenerateBackupCodesResult.NotEnrolled>());
        Assert.That(await host.Enrollment.UnregisterAsync(Ada, null), Is.TypeOf<UnregisterResult.NotEnrolled>());
        var status = await host.Status.GetAsync(Ada);
        Assert.That((status.IsEnrolled, status.PendingUntil), Is.EqualTo((false, (DateTimeOffset?)offer.ExpiresAt)));
    }

    [Test]
    [Attack(21)]
    public async Task Backup_codes_alone_are_not_a_second_factor()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.OverwriteAsync(await host.StoredAsync(ada.Id) with { Active = null });
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
        Assert.That(await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.BackupCode, ada.BackupCodes[0]), Is.TypeOf<StepUpResult.NotEnrolled>());
        Assert.That((await host.Status.GetAsync(ada.Id)).IsEnrolled, Is.False);
    }

    [Test]
    public async Task A_pending_authenticator_lives_to_its_expiry_and_not_a_tick_longer([Values] bool inTime)
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        Assert.That(offer.ExpiresAt - host.Now, Is.EqualTo(TimeSpan.FromMinutes(10)));
        host.Clock.SetTo(inTime ? offer.ExpiresAt - TimeSpan.FromTicks(1) : offer.ExpiresAt);
        var result = await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, Phone.Scan(offer.Uri).CodeAt(host.Now));
        Assert.That(result, inTime ? Is.TypeOf<ConfirmEnrollmentResult.Confirmed>() : Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
    }

    [Test]
    [Attack(19)]
    public async Task A_confirmation_names_its_enrolment_and_a_later_begin_ends_the_earlier_one()
    {
        using var host = TestHost.Start();
        var (first, second) = (await host.BeginEnrollmentAsync(Ada), await host.BeginEnrollmentAsync(Ada));
        var (old, current) = (Phone.Scan(first.Uri), Phone.Scan(second.Uri));
        Assert.That(await host.Enrollment.ConfirmAsync(Ada, first.EnrollmentId, old.CodeAt(host.Now)), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
        Assert.That(await host.Enrollment.ConfirmAsync(Ada, first.EnrollmentId, current.CodeAt(host.Now)), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
        Assert.That((await host.Enrollment.ConfirmAsync(Ada, second.EnrollmentId, old.CodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(await host.Enrollment.ConfirmAsync(Ada, second.EnrollmentId, current.CodeAt(host.Now)), Is.TypeOf<ConfirmEnrollmentResult.Confirmed>());
    }

    [Test]
    public async Task The_codes_are_shown_once()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        var code = Phone.Scan(offer.Uri).CodeAt(host.Now);
        await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, code);
        Assert.That(await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, code), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
    }

    [Test]
    public async Task A_wrong_first_code_is_charged_and_does_not_end_the_set_up()
    {
        using var host = TestHost.Start();
        var offer = await host.BeginEnrollmentAsync(Ada);
        var app = Phone.Scan(offer.Uri);
        var wrong = (await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, app.WrongCodeAt(host.Now))).Refusal().As<CodeRefusal.Wrong>();
        Assert.That(wrong.AttemptsLeft, Is.EqualTo(4), "five in a row lock");
        Assert.That(await host.Enrollment.ConfirmAsync(Ada, offer.EnrollmentId, app.CodeAt(host.Now)), Is.TypeOf<ConfirmEnrollmentResult.Confirmed>());
    }

    [TestCase("", TestName = "An account name that is empty is refused")]
    [TestCase("a:b", TestName = "An account name with a colon is refused")]
    [TestCase("a\u202Eb", TestName = "An account name with a bidi override is refused")]
    [TestCase("a\nb", TestName = "An account name with a line break is refused")]
    public async Task Account_names_that_an_app_cannot_show_are_refused(string name)
    {
        using var host = TestHost.Start();
        Assert.That(await host.Enrollment.BeginAsync(Ada, name), Is.TypeOf<BeginEnrollmentResult.InvalidAccountName>());
        Assert.That(host.Store.Saves, Is.Zero);
    }

    [TestCase("ada lovelace@example.org"), TestCase("Ада Лавлейс"), TestCase("100% & more?=#"), TestCase("山田太郎")]
    [TestCase("👩‍💻"), TestCase("a+b/c\\d\"e'")]
    public async Task Account_names_of_people_survive_the_QR_code(string name)
    {
        using var host = TestHost.Start();
        var offer = (await host.Enrollment.BeginAsync(Ada, name)).As<BeginEnrollmentResult.Started>().Offer;
        Assert.That(OtpAuthUri.TryParse(offer.Uri, out var uri, out var error), Is.True, error.ToString());
        Assert.That(uri!.Account, Is.EqualTo(name));
    }

    // Not a case above: half a pair does not survive in an attribute.
    [Test]
    public async Task An_account_name_with_half_a_surrogate_pair_is_refused()
    {
        using var host = TestHost.Start();
        Assert.That(await host.Enrollment.BeginAsync(Ada, "a\uD800"), Is.TypeOf<BeginEnrollmentResult.InvalidAccountName>());
    }

    [Test]
    public async Task Other_parameters_work_from_the_QR_code_to_the_sign_in(
        [Values] OtpAlgorithm algorithm, [Values(6, 7, 8)] int digits, [Values(15, 60)] int period)
    {
        using var host = TestHost.Start(o => (o.Totp.Algorithm, o.Totp.Digits, o.Totp.PeriodSeconds, o.BackupCodes.Count) = (algorithm, digits, period, 1));
        var ada = await host.EnrollAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(period));
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }
}
