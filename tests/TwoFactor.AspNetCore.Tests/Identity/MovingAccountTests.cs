using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>While an account moves between regions wrong passwords cannot be counted, so no password is judged.</summary>
internal sealed class MovingAccountTests
{
    private const string Ada = "ada@example.org";

    [TestCase("/password")]
    [TestCase("/check")]
    [Attack(14)]
    public async Task Right_and_wrong_passwords_are_answered_alike(string path)
    {
        await using var app = await StartAsync();
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        Assert.That((await browser.OpenAsync($"{path}?value=wrong")).Html, Is.EqualTo("Failed"), "It is counted, and the account is stored.");
        var store = (SwitchableStore)app.Services.GetRequiredService<IAccountStore>();
        store.IsMoving = true;
        var writes = store.Writes;
        Assert.That((await browser.OpenAsync($"{path}?value=wrong")).Html, Is.EqualTo("NotAllowed Moving"));
        Assert.That((await browser.OpenAsync($"{path}?value={IdentityApp.Password}")).Html, Is.EqualTo("NotAllowed Moving"));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        Assert.That(store.Writes, Is.EqualTo(writes));
        store.IsMoving = false;
        Assert.That((await browser.OpenAsync($"{path}?value={IdentityApp.Password}")).Html, Does.StartWith("Succeeded"));
    }

    [Test]
    [Attack(14)]
    public async Task Codes_of_an_authenticator_that_has_not_moved_to_us_are_not_judged_either()
    {
        const string key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        await using var app = await StartAsync();
        await app.AddUserAsync(Ada);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var store = scope.ServiceProvider.GetRequiredService<IUserStore<IdentityUser>>();
            var user = (await ((IUserEmailStore<IdentityUser>)store).FindByEmailAsync(Ada.ToUpperInvariant(), CancellationToken.None))!;
            await ((IUserAuthenticatorKeyStore<IdentityUser>)store).SetAuthenticatorKeyAsync(user, key, CancellationToken.None);
            await ((IUserTwoFactorStore<IdentityUser>)store).SetTwoFactorEnabledAsync(user, true, CancellationToken.None);
            await store.UpdateAsync(user, CancellationToken.None);
        }

        using var browser = new Browser(app);
        await browser.OpenAsync("/password?value=wrong");
        var old = new Authenticator(key);
        var page = await browser.EnterPasswordAsync(Ada);
        var moving = (SwitchableStore)app.Services.GetRequiredService<IAccountStore>();
        moving.IsMoving = true;
        var wrong = await browser.EnterCodeAsync(page, old.WrongCodeAt(app.Now));
        var right = await browser.EnterCodeAsync(page, old.CodeAt(app.Now));
        Assert.That((wrong.Name, right.Name), Is.EqualTo(("LoginWith2fa", "LoginWith2fa")));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        moving.IsMoving = false;
        Assert.That((await browser.EnterCodeAsync(page, old.CodeAt(app.Now))).Path, Is.EqualTo("/"), "The code was not spent.");
    }

    private static Task<IdentityApp> StartAsync() => IdentityApp.StartAsync(
        configure: options => options.ExistingAuthenticators = ExistingAuthenticators.AcceptUntilReplaced,
        build: two => two.UseStore(provider => new SwitchableStore(provider.GetRequiredService<EntityFrameworkAccountStore>())),
        endpoints: Map);

    private static void Map(WebApplication app)
    {
        app.MapGet("/password", async (SignInManager<IdentityUser> signIn, string value) => Describe(await signIn.PasswordSignInAsync(Ada, value, false, false)));
        app.MapGet("/check", async (SignInManager<IdentityUser> signIn, string value) =>
            Describe(await signIn.CheckPasswordSignInAsync((await signIn.UserManager.FindByEmailAsync(Ada))!, value, false)));
    }

    private static string Describe(Microsoft.AspNetCore.Identity.SignInResult result) =>
        result is TwoFactorSignInResult { Begin: BeginSignInResult.RegionRefused refused } ? $"{result} {refused.Reason}" : result.ToString();
}
