using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Identity;

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

    private static Task<IdentityApp> StartAsync() => IdentityApp.StartAsync(endpoints: app => app.MapGet("/password", async (SignInManager<IdentityUser> signIn) =>
    {
        var result = await signIn.PasswordSignInAsync(Ada, IdentityApp.Password, false, false);
        return $"{result} {(result is TwoFactorSignInResult { IsNotMoved: true } ? "not moved" : "")}";
    }));

    // What Identity itself wrote before.
    private static async Task EnableInIdentityAsync(IdentityApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IUserStore<IdentityUser>>();
        var user = (await ((IUserEmailStore<IdentityUser>)store).FindByEmailAsync(Ada.ToUpperInvariant(), CancellationToken.None))!;
        await ((IUserAuthenticatorKeyStore<IdentityUser>)store).SetAuthenticatorKeyAsync(user, OldKey, CancellationToken.None);
        await ((IUserTwoFactorRecoveryCodeStore<IdentityUser>)store).ReplaceCodesAsync(user, ["AAAAA-BBBBB"], CancellationToken.None);
        await ((IUserTwoFactorStore<IdentityUser>)store).SetTwoFactorEnabledAsync(user, true, CancellationToken.None);
        await store.UpdateAsync(user, CancellationToken.None);
    }
}
