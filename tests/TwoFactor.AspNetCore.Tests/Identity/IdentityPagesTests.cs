using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>The default pages of ASP.NET Core Identity, unedited, over a port.</summary>
internal sealed class IdentityPagesTests
{
    private const string Ada = "ada@example.org";

    [Test]
    [Attack(1), Attack(5)]
    public async Task A_user_sets_up_on_Identitys_page_and_signs_in_with_each_code_once()
    {
        await using var app = await IdentityApp.StartAsync();
        var user = await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        Assert.That((await browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"));
        Assert.That((await browser.OpenAsync("/proved")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var set = await browser.ManageAsync("EnableAuthenticator");
        var phone = Browser.AuthenticatorOf(set);
        var codes = Browser.RecoveryCodesOf(await browser.SubmitAsync(set, ("Input.Code", phone.CodeAt(app.Now))));
        Assert.That(codes, Has.Length.EqualTo(10).And.All.Match("^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$"));
        var hub = await browser.ManageAsync("TwoFactorAuthentication");
        Assert.That(hub.Html, Does.Contain("Disable2fa").And.Not.Contain("recovery codes left"), "The page sees that it is on, with codes to spare.");

        using var other = new Browser(app);
        var confirming = await other.SignInAsync(Ada, phone.CodeAt(app.Now));
        Assert.That(confirming.Text, Does.Contain("Invalid authenticator code."), "The code that confirmed cannot sign in.");
        app.NextCode();
        var code = phone.CodeAt(app.Now);
        Assert.That((await other.SignInAsync(Ada, code)).Path, Is.EqualTo("/"));
        Assert.That((await other.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
        Assert.That((await other.OpenAsync("/proved")).Html, Is.EqualTo("proved"), "The requirements of this package see the proof.");

        using var thief = new Browser(app);
        var replayed = await thief.SignInAsync(Ada, code);
        Assert.That((replayed.Name, replayed.Text.Contains("Invalid authenticator code.", StringComparison.Ordinal)), Is.EqualTo(("LoginWith2fa", true)));
        Assert.That((await thief.OpenAsync("/secret")).Name, Is.EqualTo("Login"));

        var audit = await app.AuditNamesAsync(user);
        string[] expected =
        [
            AuditNames.SignInSucceeded, AuditNames.SetupStarted, AuditNames.SetupSucceeded, AuditNames.ChallengeIssued, AuditNames.CodeReplayed,
            AuditNames.ChallengeIssued, AuditNames.SignInSucceeded, AuditNames.ChallengeIssued, AuditNames.CodeReplayed,
        ];
        Assert.That(audit, Is.EqualTo(expected));
    }

    [Test]
    public async Task It_works_with_every_way_to_add_Identity([Values] bool core)
    {
        await using var app = await IdentityApp.StartAsync(add: services =>
        {
            if (!core) return services.AddDefaultIdentity<IdentityUser>();
            services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
            return services.AddIdentityCore<IdentityUser>().AddSignInManager();
        });
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, _) = await browser.SetUpAsync();
        app.NextCode();
        var code = phone.CodeAt(app.Now);
        using var other = new Browser(app);
        Assert.That((await other.SignInAsync(Ada, code)).Path, Is.EqualTo("/"));
        Assert.That((await other.OpenAsync("/proved")).Html, Is.EqualTo("proved"));
        using var thief = new Browser(app);
        Assert.That((await thief.SignInAsync(Ada, code)).Text, Does.Contain("Invalid authenticator code."));
    }

    [Test]
    public async Task Identity_without_this_package_accepts_the_replay()
    {
        await using var app = await IdentityApp.StartAsync(stock: true);
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var page = await browser.ManageAsync("EnableAuthenticator");
        var phone = Browser.AuthenticatorOf(page);
        var code = phone.CodeAt(TimeProvider.System.GetUtcNow());
        await browser.SubmitAsync(page, ("Input.Code", code));
        using var thief = new Browser(app);
        await thief.SignInAsync(Ada, code);
        Assert.That((await thief.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"), "The code that the page of another browser has had already signs in.");
    }

    [Test]
    [Attack(2)]
    public async Task Of_many_browsers_that_send_one_code_at_once_one_gets_in()
    {
        await using var app = await IdentityApp.StartAsync(twoFactor: o => o.SignIn.ChallengeLifetime = TimeSpan.FromMinutes(10));
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, _) = await browser.SetUpAsync();
        app.NextCode();
        var code = phone.CodeAt(app.Now);
        var thieves = Enumerable.Range(0, 8).Select(_ => new Browser(app)).ToList();
        var pages = new List<(Browser Browser, Page Page)>();
        foreach (var thief in thieves) pages.Add((thief, await thief.EnterPasswordAsync(Ada)));
        var answers = await Task.WhenAll(pages.Select(p => p.Browser.EnterCodeAsync(p.Page, code)));
        Assert.That(answers.Count(page => page.Path == "/"), Is.EqualTo(1));
        thieves.ForEach(thief => thief.Dispose());
    }

    [Test]
    [Attack(16), Attack(17)]
    public async Task Wrong_codes_lock_by_our_budget_and_a_right_one_does_not_get_in()
    {
        await using var app = await IdentityApp.StartAsync();
        var user = await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, codes) = await browser.SetUpAsync();
        app.NextCode();

        using var guesser = new Browser(app);
        var page = await guesser.EnterPasswordAsync(Ada);
        for (var i = 0; i < 2; i++)
        {
            page = await guesser.EnterCodeAsync(page, phone.WrongCodeAt(app.Now));
            Assert.That(page.Text, Does.Contain("Invalid authenticator code."));
        }

        page = await guesser.EnterCodeAsync(page, phone.WrongCodeAt(app.Now));
        Assert.That(page.Name, Is.EqualTo("Lockout"), "The third ends the attempt.");
        await guesser.EnterPasswordAsync(Ada);
        page = await guesser.EnterRecoveryCodeAsync(WrongBackupCode(codes[0]));
        Assert.That(page.Text, Does.Contain("Invalid recovery code entered."), "Recovery codes are on the same budget.");
        page = await guesser.SignInAsync(Ada, phone.WrongCodeAt(app.Now));
        Assert.That(page.Name, Is.EqualTo("Lockout"), "The fifth locks.");
        Assert.That((await guesser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("Lockout"), "The right password finds the lock.");
        Assert.That((await app.StatusAsync(user)).Lock?.Reason, Is.EqualTo(LockReason.CodeFailures));
        Assert.That(await app.WithUsersAsync(async users => await users.GetAccessFailedCountAsync((await users.FindByIdAsync(user.Value))!)), Is.Zero, "One budget: Identity's own stands still.");
        Assert.That(await app.AuditNamesAsync(user), Does.Contain(AuditNames.CodesLocked).And.Contain(AuditNames.SignInFailed));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await guesser.SignInAsync(Ada, phone.CodeAt(app.Now))).Path, Is.EqualTo("/"), "The lock ends by itself, and the code was not burnt.");
    }

    [Test]
    [Attack(14)]
    public async Task A_recovery_code_signs_in_once()
    {
        await using var app = await IdentityApp.StartAsync();
        var user = await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (_, codes) = await browser.SetUpAsync();
        using var other = new Browser(app);
        await other.EnterPasswordAsync(Ada);
        Assert.That((await other.EnterRecoveryCodeAsync(codes[3])).Path, Is.EqualTo("/"));
        Assert.That((await other.OpenAsync("/secret")).Status, Is.EqualTo(HttpStatusCode.OK));
        using var thief = new Browser(app);
        await thief.EnterPasswordAsync(Ada);
        Assert.That((await thief.EnterRecoveryCodeAsync(codes[3])).Text, Does.Contain("Invalid recovery code entered."));
        Assert.That((await app.StatusAsync(user)).BackupCodesLeft, Is.EqualTo(9));
        Assert.That((await app.AuditAsync(user)).Last(e => e.Name == AuditNames.SignInSucceeded).MfaFactorType, Is.EqualTo(MfaFactorType.BackupCode));
    }

    [Test]
    public async Task Wrong_passwords_lock_though_the_page_does_not_ask_for_it()
    {
        await using var app = await IdentityApp.StartAsync();
        var user = await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        for (var i = 0; i < 4; i++) Assert.That((await browser.EnterPasswordAsync(Ada, "wrong")).Text, Does.Contain("Invalid login attempt."));
        Assert.That((await browser.EnterPasswordAsync(Ada, "wrong")).Name, Is.EqualTo("Lockout"));
        Assert.That((await browser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("Lockout"), "The right one is answered like a wrong one.");
        Assert.That((await app.AuditNamesAsync(user)).Count(name => name == AuditNames.PasswordRejected), Is.EqualTo(5));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"));
    }

    [Test]
    public async Task The_registration_page_signs_in_as_it_does()
    {
        await using var app = await IdentityApp.StartAsync();
        using var browser = new Browser(app);
        Assert.That((await browser.RegisterAsync(Ada)).Path, Is.EqualTo("/"));
        Assert.That((await browser.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
    }

    [Test]
    [Attack(24)]
    public async Task Between_password_and_code_nothing_is_open()
    {
        await using var app = await IdentityApp.StartAsync();
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        await browser.SetUpAsync();
        using var thief = new Browser(app);
        await thief.EnterPasswordAsync(Ada);
        string[] pages =
        [
            "/secret", "/Identity/Account/Manage", .. new[]
            {
                "ChangePassword", "DeletePersonalData", "Disable2fa", "DownloadPersonalData", "Email", "EnableAuthenticator", "ExternalLogins", "GenerateRecoveryCodes", "PersonalData",
                "ResetAuthenticator", "SetPassword", "ShowRecoveryCodes", "TwoFactorAuthentication",
            }.Select(name => "/Identity/Account/Manage/" + name),
        ];
        foreach (var page in pages) Assert.That((await thief.OpenAsync(page)).Name, Is.EqualTo("Login"), page);
    }

    private static string WrongBackupCode(string code)
    {
        // Another slot's check symbol would be caught as a typing error, which is not charged: exchange two symbols of the secret and mend the check.
        const string symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var text = code.Replace("-", "", StringComparison.Ordinal).ToCharArray();
        text[5] = symbols[(symbols.IndexOf(text[5], StringComparison.Ordinal) + 1) % 32];
        foreach (var check in symbols)
        {
            text[^1] = check;
            if (BackupCodes.BackupCodeFormat.TryParse(text, new char[BackupCodes.BackupCodeFormat.SymbolCount], out _, out _)) return new string(text);
        }

        throw new InvalidOperationException("No check symbol fits.");
    }
}
