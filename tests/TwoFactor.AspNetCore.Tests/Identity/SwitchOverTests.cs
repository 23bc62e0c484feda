using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>Users whose second factor stands in Identity's own tables when this package comes in: none is let in with less than before.</summary>
internal sealed class SwitchOverTests
{
    private const string Ada = "ada@example.org";
    private const string OldKey = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    [Test]
    public async Task Who_has_not_moved_is_not_let_in_with_the_password_alone()
    {
        await using var app = await StartAsync();
        using var browser = new Browser(app);
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app);
        Assert.That((await browser.EnterPasswordAsync(Ada)).Text, Does.Contain("Invalid login attempt."));
        Assert.That((await browser.OpenAsync("/password")).Html, Is.EqualTo("NotAllowed not moved"));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        Assert.That(await app.WithUsersAsync(async users => await users.GetTwoFactorEnabledAsync((await users.FindByEmailAsync(Ada))!)), Is.True);
    }

    [Test]
    public async Task A_session_that_stands_sets_up_a_new_authenticator_and_the_old_one_is_gone_from_the_tables()
    {
        await using var app = await StartAsync();
        using var browser = new Browser(app);
        var user = await app.AddUserAsync(Ada);
        await browser.EnterPasswordAsync(Ada);
        await EnableInIdentityAsync(app);
        var page = await browser.ManageAsync("EnableAuthenticator");
        Assert.That(Browser.AuthenticatorOf(page).Key, Is.Not.EqualTo(OldKey));
        var (phone, codes) = await browser.SetUpAsync();
        Assert.That(codes, Has.Length.EqualTo(10));
        await using (var tables = app.Tables())
        {
            Assert.That(tables.Users.Single().TwoFactorEnabled, Is.False);
            Assert.That(tables.UserTokens.Where(token => !string.IsNullOrEmpty(token.Value)), Is.Empty, "Neither key nor codes are left in the clear.");
        }

        app.NextCode();
        using var other = new Browser(app);
        Assert.That((await other.SignInAsync(Ada, phone.CodeAt(app.Now))).Path, Is.EqualTo("/"));
        await app.ResetAsync(user);
        using var third = new Browser(app);
        Assert.That((await third.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"), "A later reset does not bring the old one back.");
    }

    [Test]
    public async Task What_was_lost_is_discarded_by_an_administrator_and_not_by_the_user()
    {
        await using var app = await StartAsync();
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app);
        await app.WithUsersAsync(async users =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            Assert.That(() => users.SetTwoFactorEnabledAsync(user, false), Throws.TypeOf<TwoFactorRefusedException>().With.Message.Contains("DiscardIdentityAuthenticatorAsync"));
            return await ((TwoFactorUserManager<IdentityUser>)users).DiscardIdentityAuthenticatorAsync(user);
        });
        using var browser = new Browser(app);
        Assert.That((await browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"));
    }

    [Test]
    [Attack(1)]
    public async Task Where_the_host_accepts_the_old_authenticator_each_of_its_codes_signs_in_once()
    {
        await using var app = await StartAsync(ExistingAuthenticators.AcceptUntilReplaced);
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app);
        var old = new Authenticator(OldKey);
        using var browser = new Browser(app);
        var code = old.CodeAt(app.Now);
        Assert.That((await browser.SignInAsync(Ada, code)).Path, Is.EqualTo("/"));
        Assert.That((await browser.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
        Assert.That((await browser.OpenAsync("/proved")).Status, Is.EqualTo(System.Net.HttpStatusCode.Forbidden), "It proves nothing of an authenticator of ours.");
        using var thief = new Browser(app);
        Assert.That((await thief.SignInAsync(Ada, code)).Text, Does.Contain("Invalid authenticator code."), "Not with the same code.");
        await thief.EnterPasswordAsync(Ada);
        Assert.That((await thief.EnterRecoveryCodeAsync("AAAAA-BBBBB")).Path, Is.EqualTo("/"));
        using var second = new Browser(app);
        await second.EnterPasswordAsync(Ada);
        Assert.That((await second.EnterRecoveryCodeAsync("AAAAA-BBBBB")).Text, Does.Contain("Invalid recovery code entered."));

        var waiting = await second.EnterPasswordAsync(Ada);
        var (phone, _) = await browser.SetUpAsync();
        app.NextCode();
        Assert.That((await second.EnterCodeAsync(waiting, old.CodeAt(app.Now))).Name, Is.EqualTo("Lockout"), "Moved meanwhile: start over.");
        Assert.That((await second.SignInAsync(Ada, old.CodeAt(app.Now))).Text, Does.Contain("Invalid authenticator code."));
        Assert.That((await second.SignInAsync(Ada, phone.CodeAt(app.Now))).Path, Is.EqualTo("/"));
    }

    [Test]
    [Attack(2)]
    public async Task Of_many_browsers_that_send_one_code_of_the_old_authenticator_at_once_one_gets_in()
    {
        await using var app = await StartAsync(ExistingAuthenticators.AcceptUntilReplaced);
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app);
        var code = new Authenticator(OldKey).CodeAt(app.Now);
        var browsers = Enumerable.Range(0, 8).Select(_ => new Browser(app)).ToList();
        var pages = new List<Page>();
        foreach (var browser in browsers) pages.Add(await browser.EnterPasswordAsync(Ada));
        await Task.WhenAll(browsers.Select((browser, i) => browser.EnterCodeAsync(pages[i], code)));
        var signedIn = 0;
        foreach (var browser in browsers)
        {
            if ((await browser.OpenAsync("/secret")).Name == "secret") signedIn++;
        }

        Assert.That(signedIn, Is.EqualTo(1));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Test]
    [Attack(14)]
    public async Task Wrong_codes_of_the_old_authenticator_lock()
    {
        await using var app = await StartAsync(ExistingAuthenticators.AcceptUntilReplaced);
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app);
        var old = new Authenticator(OldKey);
        using var browser = new Browser(app);
        var page = await browser.EnterPasswordAsync(Ada);
        for (var i = 0; i < 4; i++) Assert.That((await browser.EnterCodeAsync(page, old.WrongCodeAt(app.Now))).Text, Does.Contain("Invalid authenticator code."));
        Assert.That((await browser.EnterCodeAsync(page, old.WrongCodeAt(app.Now))).Name, Is.EqualTo("Lockout"), "The password was right each time, and resets nothing.");
        Assert.That((await browser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("Lockout"));
    }

    [Test]
    [Attack(17)]
    public async Task A_new_password_ends_what_waits_for_a_code_of_the_old_authenticator()
    {
        await using var app = await StartAsync(ExistingAuthenticators.AcceptUntilReplaced);
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app);
        using var browser = new Browser(app);
        var page = await browser.EnterPasswordAsync(Ada);
        await app.WithUsersAsync(async users => await users.ChangePasswordAsync((await users.FindByEmailAsync(Ada))!, IdentityApp.Password, "Another-horse-8"));
        Assert.That((await browser.EnterCodeAsync(page, new Authenticator(OldKey).CodeAt(app.Now))).Name, Is.EqualTo("Lockout"));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
    }

    [Test]
    public async Task Who_had_codes_by_email_is_refused_all_the_same()
    {
        await using var app = await StartAsync(ExistingAuthenticators.AcceptUntilReplaced);
        await app.AddUserAsync(Ada);
        await EnableInIdentityAsync(app, key: "");
        using var browser = new Browser(app);
        Assert.That((await browser.OpenAsync("/password")).Html, Is.EqualTo("NotAllowed not moved"));
    }

    private static Task<IdentityApp> StartAsync(ExistingAuthenticators existing = ExistingAuthenticators.Refuse) => IdentityApp.StartAsync(
        configure: options => options.ExistingAuthenticators = existing, endpoints: app => app.MapGet("/password", async (SignInManager<IdentityUser> signIn) =>
    {
        var result = await signIn.PasswordSignInAsync(Ada, IdentityApp.Password, false, false);
        return $"{result} {(result is TwoFactorSignInResult { IsNotMoved: true } ? "not moved" : "")}";
    }));

    // What Identity itself wrote before.
    private static async Task EnableInIdentityAsync(IdentityApp app, string key = OldKey)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IUserStore<IdentityUser>>();
        var user = (await ((IUserEmailStore<IdentityUser>)store).FindByEmailAsync(Ada.ToUpperInvariant(), CancellationToken.None))!;
        await ((IUserAuthenticatorKeyStore<IdentityUser>)store).SetAuthenticatorKeyAsync(user, key, CancellationToken.None);
        await ((IUserTwoFactorRecoveryCodeStore<IdentityUser>)store).ReplaceCodesAsync(user, ["AAAAA-BBBBB"], CancellationToken.None);
        await ((IUserTwoFactorStore<IdentityUser>)store).SetTwoFactorEnabledAsync(user, true, CancellationToken.None);
        await store.UpdateAsync(user, CancellationToken.None);
    }
}
