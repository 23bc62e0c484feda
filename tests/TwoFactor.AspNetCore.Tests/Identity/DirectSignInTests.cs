using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using NUnit.Framework;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>A host that signs a user in and names the method: the exemption of external logins needs an external login, not its name.</summary>
internal sealed class DirectSignInTests
{
    private const string Ada = "ada@example.org";
    private IdentityApp _app = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await IdentityApp.StartAsync(endpoints: Map);
        await _app.AddUserAsync(Ada);
        await AddLoginAsync(Ada, "ada");
        using var browser = new Browser(_app);
        await browser.EnterPasswordAsync(Ada);
        await browser.SetUpAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("/direct?method=magic-link")]
    [TestCase("/direct?method=Acme")]
    [TestCase("/claim?method=magic-link")]
    [TestCase("/claim?method=Acme")]
    [Attack(24)]
    public async Task The_name_of_a_method_lets_nobody_pass_over_the_code(string path)
    {
        using var thief = new Browser(_app);
        Assert.That((await thief.OpenAsync(path)).Html, Is.EqualTo("RequiresTwoFactor"));
        Assert.That((await thief.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
    }

    [TestCase("/direct?method=Acme")]
    [TestCase("/claim?method=Acme")]
    [TestCase("/login")]
    public async Task A_login_of_this_user_that_the_browser_brings_from_its_provider_is_external(string path)
    {
        using var browser = new Browser(_app);
        await browser.OpenAsync("/from-provider?key=ada");
        Assert.That((await browser.OpenAsync(path)).Html, Is.EqualTo("Succeeded"));
        Assert.That((await browser.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
    }

    [Test]
    [Attack(24)]
    public async Task A_login_of_somebody_else_or_of_another_provider_is_none()
    {
        await _app.AddUserAsync("grace@example.org");
        await AddLoginAsync("grace@example.org", "grace");
        using var thief = new Browser(_app);
        await thief.OpenAsync("/from-provider?key=grace");
        Assert.That((await thief.OpenAsync("/direct?method=Acme")).Html, Is.EqualTo("RequiresTwoFactor"), "Grace's login.");
        await thief.OpenAsync("/from-provider?key=nobody");
        Assert.That((await thief.OpenAsync("/direct?method=Acme")).Html, Is.EqualTo("RequiresTwoFactor"), "Nobody's login.");
        await thief.OpenAsync("/from-provider?key=ada");
        Assert.That((await thief.OpenAsync("/direct?method=Other")).Html, Is.EqualTo("RequiresTwoFactor"), "Another provider.");
        Assert.That((await thief.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
    }

    private Task AddLoginAsync(string email, string key) => _app.WithUsersAsync(async users =>
        await users.AddLoginAsync((await users.FindByEmailAsync(email))!, new UserLoginInfo("Acme", key, "Acme")));

    private static void Map(WebApplication app)
    {
        app.MapGet("/direct", (SignInManager<IdentityUser> signIn, string method) => TryAsync(signIn, user => signIn.SignInAsync(user, true, method)));
        app.MapGet("/claim", (SignInManager<IdentityUser> signIn, string method) => TryAsync(
            signIn, user => signIn.SignInWithClaimsAsync(user, false, [new Claim(ClaimTypes.AuthenticationMethod, method)])));
        app.MapGet("/login", async (SignInManager<IdentityUser> signIn) => (await signIn.ExternalLoginSignInAsync("Acme", "ada", false)).ToString());
        // What the handler of a provider leaves behind.
        app.MapGet("/from-provider", (HttpContext context, string key) => context.SignInAsync(
            IdentityConstants.ExternalScheme,
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key)], "Acme")),
            new AuthenticationProperties { Items = { ["LoginProvider"] = "Acme" } }));
    }

    private static async Task<string> TryAsync(SignInManager<IdentityUser> signIn, Func<IdentityUser, Task> action)
    {
        try
        {
            await action((await signIn.UserManager.FindByEmailAsync(Ada))!);
            return "Succeeded";
        }
        catch (TwoFactorSignInRequiredException e)
        {
            return e.Result.ToString();
        }
    }
}
