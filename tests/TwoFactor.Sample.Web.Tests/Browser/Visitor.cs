using Microsoft.Playwright;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Tests.Hosting;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>Somebody in front of a browser, doing what a page offers.</summary>
public sealed class Visitor(IPage page, SampleApp app)
{
    public static DemoAccount Alice { get; } = DemoAccounts.All[0];

    public IPage Page => page;

    public string Path => new Uri(page.Url).AbsolutePath;

    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator CodeField => page.Locator("input[name=Code]");

    public Task GoAsync(string path) => page.GotoAsync(path);

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    public async Task SubmitCodeAsync(string code, string button = "Sign in")
    {
        await CodeField.FillAsync(code);
        await PressAsync(button);
    }

    /// <summary>The first factor.</summary>
    public async Task EnterPasswordAsync(DemoAccount? account = null, string? password = null)
    {
        account ??= Alice;
        if (Path != "/account/sign-in") await GoAsync("/account/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(account.Email);
        await page.GetByLabel("Password").FillAsync(password ?? account.Password);
        await PressAsync("Continue");
    }

    public async Task SignOutAsync()
    {
        await PressAsync("Sign out");
        await Assertions.Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
    }

    /// <summary>From a signed-in page to an authenticator and ten codes. The screenshot is what the phone sees.</summary>
    public async Task<(Authenticator Phone, string[] BackupCodes)> EnrolAsync(string screenshot = "setup-scan")
    {
        await GoAsync("/security/authenticator");
        return await SetUpAsync(screenshot);
    }

    /// <summary>The same where one stands: in the set-up that a sign-in waits for.</summary>
    public async Task<(Authenticator Phone, string[] BackupCodes)> SetUpAsync(string screenshot = "setup-scan")
    {
        await PressAsync("I have an app, continue");
        var phone = Authenticator.Scan(await ScreenshotAsync(screenshot), app.Clock.GetUtcNow);
        await SubmitCodeAsync(phone.Code(), "Confirm");
        return (phone, await BackupCodesAsync());
    }

    public async Task<string[]> BackupCodesAsync()
    {
        await Assertions.Expect(page.Locator("#codes li")).ToHaveCountAsync(10);
        return [.. await page.Locator("#codes code").AllInnerTextsAsync()];
    }

    /// <summary>Alice with an authenticator, signed out, at a moment when the app shows a code that was not used yet.</summary>
    public Task<(Authenticator Phone, string[] BackupCodes)> PrepareAliceAsync() => PrepareAsync(Alice);

    /// <summary>Somebody with an authenticator, signed out, at a moment when the app shows a code that was not used yet.</summary>
    public async Task<(Authenticator Phone, string[] BackupCodes)> PrepareAsync(DemoAccount account)
    {
        await EnterPasswordAsync(account);
        var enrolled = await EnrolAsync();
        await SignOutAsync();
        app.NextStep();
        return enrolled;
    }

    public async Task ShouldBeSignedInAsync(string with)
    {
        await Assertions.Expect(Heading).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Hello, "));
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync(with);
    }

    public Task ShouldHaveHeadingAsync(string text) => Assertions.Expect(Heading).ToHaveTextAsync(text);

    public Task ShouldReadAsync(string text) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(text);

    public async Task<string> ScreenshotAsync(string name)
    {
        var file = System.IO.Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true });
        return file;
    }
}
