using System.Net;
using NUnit.Framework;
using TwoFactor.Auditing;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>Identity's default pages about a user's own second factor, unedited: what they change needs a fresh proof, and dead things are dead.</summary>
internal sealed class ManagementPagesTests
{
    private const string Ada = "ada@example.org";
    private static readonly TimeSpan s_stale = TimeSpan.FromMinutes(11);

    private IdentityApp _app = null!;
    private Browser _browser = null!;
    private Accounts.UserId _user;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await IdentityApp.StartAsync();
        _user = await _app.AddUserAsync(Ada);
        _browser = new Browser(_app);
        await _browser.EnterPasswordAsync(Ada);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task A_mistyped_first_code_leaves_the_key_on_the_page()
    {
        var page = await _browser.ManageAsync("EnableAuthenticator");
        var phone = Browser.AuthenticatorOf(page);
        page = await _browser.SubmitAsync(page, ("Input.Code", phone.WrongCodeAt(_app.Now)));
        Assert.That(page.Text, Does.Contain("Verification code is invalid."));
        Assert.That(Browser.AuthenticatorOf(page).Key, Is.EqualTo(phone.Key));
        Assert.That(Browser.AuthenticatorOf(await _browser.ManageAsync("EnableAuthenticator")).Key, Is.EqualTo(phone.Key), "So does loading it again.");
        page = await _browser.SubmitAsync(page, ("Input.Code", phone.CodeAt(_app.Now)));
        Assert.That((page.Name, Browser.RecoveryCodesOf(page).Length), Is.EqualTo(("ShowRecoveryCodes", 10)));
    }

    [Test]
    [Attack(19)]
    public async Task A_key_that_another_window_has_replaced_is_not_shown_again_and_its_code_confirms_nothing()
    {
        var page = await _browser.ManageAsync("EnableAuthenticator");
        var old = Browser.AuthenticatorOf(page);
        using var window = new Browser(_app);
        await window.EnterPasswordAsync(Ada);
        await window.ManageAsync("EnableAuthenticator");
        page = await _browser.SubmitAsync(page, ("Input.Code", old.CodeAt(_app.Now)));
        Assert.That(page.Text, Does.Contain("Verification code is invalid."));
        Assert.That(Browser.AuthenticatorOf(page).Key, Is.Not.EqualTo(old.Key));
        Assert.That((await _app.StatusAsync(_user)).IsEnrolled, Is.False);
    }

    [Test]
    public async Task A_key_is_not_shown_after_its_time()
    {
        var old = Browser.AuthenticatorOf(await _browser.ManageAsync("EnableAuthenticator"));
        _app.Clock.Advance(s_stale);
        Assert.That(Browser.AuthenticatorOf(await _browser.ManageAsync("EnableAuthenticator")).Key, Is.Not.EqualTo(old.Key));
    }

    [Test]
    [Attack(35)]
    public async Task The_key_of_an_active_authenticator_is_on_no_page_and_not_in_the_personal_data()
    {
        var (phone, _) = await _browser.SetUpAsync();
        var page = await _browser.ManageAsync("DownloadPersonalData");
        var data = await _browser.SubmitAsync(await _browser.ManageAsync("PersonalData") with { Path = "/Identity/Account/Manage/DownloadPersonalData" });
        Assert.That(data.Html, Does.Contain(Ada).And.Not.Contain(phone.Key));
        Assert.That(page.Html, Does.Not.Contain(phone.Key));
        Assert.That((await _browser.ManageAsync("TwoFactorAuthentication")).Html, Does.Not.Contain(phone.Key));
        await using var tables = _app.Tables();
        Assert.That(tables.UserTokens.ToList().Where(token => token.LoginProvider == "[AspNetUserStore]"), Is.Empty, "Identity's tables hold neither key nor codes.");
    }

    [Test]
    [Attack(18)]
    public async Task A_fresh_proof_lets_another_authenticator_take_the_place_of_the_active_one_when_its_code_is_right()
    {
        var (old, _) = await _browser.SetUpAsync();
        using var other = new Browser(_app);
        _app.NextCode();
        await other.SignInAsync(Ada, old.CodeAt(_app.Now));
        var page = await _browser.ManageAsync("EnableAuthenticator");
        var phone = Browser.AuthenticatorOf(page);
        Assert.That(phone.Key, Is.Not.EqualTo(old.Key));
        _app.NextCode();
        using var third = new Browser(_app);
        Assert.That((await third.SignInAsync(Ada, old.CodeAt(_app.Now))).Path, Is.EqualTo("/"), "Until then the old one stands.");
        page = await _browser.SubmitAsync(page, ("Input.Code", phone.CodeAt(_app.Now)));
        Assert.That(Browser.RecoveryCodesOf(page), Has.Length.EqualTo(10));

        Assert.That((await _browser.OpenAsync("/secret")).Status, Is.EqualTo(HttpStatusCode.OK), "This session goes on.");
        Assert.That((await other.OpenAsync("/secret")).Name, Is.EqualTo("Login"), "The others are over.");
        _app.NextCode();
        Assert.That((await third.SignInAsync(Ada, old.CodeAt(_app.Now))).Text, Does.Contain("Invalid authenticator code."));
        Assert.That((await third.SignInAsync(Ada, phone.CodeAt(_app.Now))).Path, Is.EqualTo("/"));
    }

    [TestCase("EnableAuthenticator", false)]
    [TestCase("ResetAuthenticator", true)]
    [TestCase("GenerateRecoveryCodes", true)]
    [TestCase("Disable2fa", true)]
    public async Task Without_a_fresh_proof_a_page_leads_to_the_login_and_back(string name, bool posts)
    {
        var (phone, _) = await _browser.SetUpAsync();
        _app.Clock.Advance(s_stale);
        var before = await _app.StatusAsync(_user);
        var page = await _browser.ManageAsync(name);
        if (posts) page = await _browser.SubmitAsync(page);
        Assert.That((page.Name, page.Path.Contains(name, StringComparison.Ordinal)), Is.EqualTo(("Login", true)));
        Assert.That(await _app.StatusAsync(_user), Is.EqualTo(before), "Nothing has changed.");

        page = await _browser.SubmitAsync(page, ("Input.Email", Ada), ("Input.Password", IdentityApp.Password), ("Input.RememberMe", "false"));
        page = await _browser.EnterCodeAsync(page, phone.CodeAt(_app.Now));
        Assert.That((page.Name, page.Status), Is.EqualTo((name, HttpStatusCode.OK)), "Back, with a proof.");
        if (posts) page = await _browser.SubmitAsync(page);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await _app.StatusAsync(_user), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task New_recovery_codes_take_the_place_of_all()
    {
        var (_, old) = await _browser.SetUpAsync();
        var codes = Browser.RecoveryCodesOf(await _browser.ManageAsync("GenerateRecoveryCodes", []));
        Assert.That(codes, Has.Length.EqualTo(10));
        Assert.That(codes.Intersect(old), Is.Empty);
        using var other = new Browser(_app);
        await other.EnterPasswordAsync(Ada);
        Assert.That((await other.EnterRecoveryCodeAsync(old[0])).Text, Does.Contain("Invalid recovery code entered."));
        Assert.That((await other.EnterRecoveryCodeAsync(codes[0])).Path, Is.EqualTo("/"));
    }

    [Test]
    public async Task Disabling_ends_every_session_at_once()
    {
        await _browser.SetUpAsync();
        var page = await _browser.ManageAsync("Disable2fa", []);
        Assert.That(page.Name, Is.EqualTo("Login"), "The page goes on to the next, for which the session is over.");
        Assert.That((await _app.StatusAsync(_user)).IsEnrolled, Is.False);
        Assert.That((await _app.AuditNamesAsync(_user))[^1], Is.EqualTo(AuditNames.Unregistered));
        Assert.That((await _browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"));
    }

    [Test]
    public async Task Resetting_the_key_ends_every_session_and_the_next_one_sets_up_anew()
    {
        var (old, _) = await _browser.SetUpAsync();
        var page = await _browser.ManageAsync("ResetAuthenticator", []);
        Assert.That((page.Name, page.Path.Contains("EnableAuthenticator", StringComparison.Ordinal)), Is.EqualTo(("Login", true)));
        page = await _browser.SubmitAsync(page, ("Input.Email", Ada), ("Input.Password", IdentityApp.Password), ("Input.RememberMe", "false"));
        Assert.That(page.Name, Is.EqualTo("EnableAuthenticator"));
        Assert.That(Browser.AuthenticatorOf(page).Key, Is.Not.EqualTo(old.Key));
    }

    [Test]
    [Attack(17)]
    public async Task A_changed_password_ends_sign_ins_that_wait_for_a_code()
    {
        var (phone, _) = await _browser.SetUpAsync();
        using var thief = new Browser(_app);
        var waiting = await thief.EnterPasswordAsync(Ada);
        var page = await _browser.ManageAsync(
            "ChangePassword", ("Input.OldPassword", IdentityApp.Password), ("Input.NewPassword", "Another-horse-8"), ("Input.ConfirmPassword", "Another-horse-8"));
        Assert.That(page.Text, Does.Contain("Your password has been changed."));
        _app.NextCode();
        Assert.That((await thief.EnterCodeAsync(waiting, phone.CodeAt(_app.Now))).Name, Is.EqualTo("Lockout"));
        Assert.That((await thief.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        Assert.That((await _browser.OpenAsync("/secret")).Status, Is.EqualTo(HttpStatusCode.OK), "The session that changed it goes on.");
        Assert.That((await _app.AuditNamesAsync(_user))[^1], Is.EqualTo(AuditNames.PasswordChanged));
    }

    [Test]
    public async Task A_reset_by_an_administrator_ends_the_session_at_its_next_request()
    {
        var (phone, codes) = await _browser.SetUpAsync();
        // Identity renews the principal from its tables after half an hour; the session stays ours.
        _app.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.That((await _browser.OpenAsync("/secret")).Status, Is.EqualTo(HttpStatusCode.OK));
        await _app.ResetAsync(_user);
        Assert.That((await _browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        Assert.That((await _browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"), "There is nothing to ask for any more.");
        Assert.That((await _browser.SetUpAsync()).App.Key, Is.Not.EqualTo(phone.Key));
        Assert.That((await _app.StatusAsync(_user)).BackupCodesLeft, Is.EqualTo(codes.Length));
    }
}
