using NUnit.Framework;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>"Remember this machine" on Identity's page is a trusted device.</summary>
[Feature("C2")]
internal sealed class RememberedMachineTests
{
    private const string Ada = "ada@example.org";

    [Test]
    [Attack(22)]
    public async Task A_remembered_browser_is_not_asked_until_it_is_forgotten_and_another_one_is()
    {
        await using var app = await StartAsync(days: 30);
        using var browser = new Browser(app);
        var phone = await SetUpAsync(app, browser);
        Assert.That((await browser.SignInAsync(Ada, phone.CodeAt(app.Now), remember: true)).Path, Is.EqualTo("/"));
        await browser.SignOutAsync();
        Assert.That((await browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"), "It is remembered.");
        Assert.That((await browser.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
        using var other = new Browser(app);
        Assert.That((await other.EnterPasswordAsync(Ada)).Name, Is.EqualTo("LoginWith2fa"), "Another browser is asked.");

        var page = await browser.ManageAsync("TwoFactorAuthentication");
        Assert.That(page.Text, Does.Contain("Forget this browser"));
        page = await browser.SubmitAsync(page);
        Assert.That(page.Text, Does.Not.Contain("Forget this browser</button>"));
        await browser.SignOutAsync();
        Assert.That((await browser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("LoginWith2fa"));
    }

    [Test]
    public async Task It_is_asked_again_after_its_days()
    {
        await using var app = await StartAsync(days: 7);
        using var browser = new Browser(app);
        var phone = await SetUpAsync(app, browser);
        await browser.SignInAsync(Ada, phone.CodeAt(app.Now), remember: true);
        await browser.SignOutAsync();
        app.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That((await browser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("LoginWith2fa"));
    }

    [Test]
    [Feature("C3")]
    public async Task Where_no_device_is_trusted_the_checkbox_does_nothing()
    {
        await using var app = await StartAsync(days: null);
        using var browser = new Browser(app);
        var phone = await SetUpAsync(app, browser);
        Assert.That((await browser.SignInAsync(Ada, phone.CodeAt(app.Now), remember: true)).Path, Is.EqualTo("/"));
        await browser.SignOutAsync();
        Assert.That((await browser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("LoginWith2fa"));
    }

    [Test]
    public async Task Trust_gives_no_fresh_proof_and_signing_in_again_asks_for_a_code()
    {
        await using var app = await StartAsync(days: 30);
        using var browser = new Browser(app);
        var phone = await SetUpAsync(app, browser);
        await browser.SignInAsync(Ada, phone.CodeAt(app.Now), remember: true);
        await browser.SignOutAsync();
        await browser.EnterPasswordAsync(Ada);
        var page = await browser.ManageAsync("Disable2fa", []);
        Assert.That(page.Name, Is.EqualTo("Login"));
        page = await browser.SubmitAsync(page, ("Input.Email", Ada), ("Input.Password", IdentityApp.Password), ("Input.RememberMe", "false"));
        Assert.That(page.Name, Is.EqualTo("LoginWith2fa"), "Though the browser is remembered.");
        app.NextCode();
        page = await browser.EnterCodeAsync(page, phone.CodeAt(app.Now));
        Assert.That(page.Name, Is.EqualTo("Disable2fa"));
        Assert.That((await browser.SubmitAsync(page)).Name, Is.EqualTo("Login"), "Disabled, and signed out.");
    }

    [Test]
    [Attack(22)]
    public async Task Signing_out_everywhere_forgets_every_browser()
    {
        await using var app = await StartAsync(days: 30);
        using var browser = new Browser(app);
        var phone = await SetUpAsync(app, browser);
        await browser.SignInAsync(Ada, phone.CodeAt(app.Now), remember: true);
        await browser.SignOutAsync();
        Assert.That((await browser.EnterPasswordAsync(Ada)).Path, Is.EqualTo("/"));
        await app.WithUsersAsync(async users => await users.UpdateSecurityStampAsync((await users.FindByEmailAsync(Ada))!));
        await browser.SignOutAsync();
        Assert.That((await browser.EnterPasswordAsync(Ada)).Name, Is.EqualTo("LoginWith2fa"));
    }

    private static Task<IdentityApp> StartAsync(int? days) => IdentityApp.StartAsync(twoFactor: options => options.TrustedDevices.Days = days);

    private static async Task<Authenticator> SetUpAsync(IdentityApp app, Browser browser)
    {
        await app.AddUserAsync(Ada);
        await browser.EnterPasswordAsync(Ada);
        var (phone, _) = await browser.SetUpAsync();
        await browser.SignOutAsync();
        app.NextCode();
        return phone;
    }
}
