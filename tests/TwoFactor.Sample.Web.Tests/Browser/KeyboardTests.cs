using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>Nobody here has a mouse.</summary>
public sealed class KeyboardTests : BrowserTest
{
    [Test, Feature("A1")]
    public async Task Enrolment_and_sign_in_work_with_the_keyboard_alone()
    {
        await Visitor.GoAsync("/");
        await SignInAsync();
        await TabToAsync("Set up two-factor authentication");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Set up two-factor authentication");
        await TabToAsync("I have an app, continue");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Visitor.CodeField).ToBeFocusedAsync();
        var phone = Authenticator.Scan(await Visitor.ScreenshotAsync("keyboard-scan"), App.Clock.GetUtcNow);
        await Page.Keyboard.TypeAsync(phone.Code());
        await Page.Keyboard.PressAsync("Enter");
        await Visitor.BackupCodesAsync();
        await TabToAsync("I have saved my codes");
        await Page.Keyboard.PressAsync("Enter");
        await Visitor.ShouldReadAsync("10 codes left");
        await TabToAsync("Sign out");
        await Page.Keyboard.PressAsync("Space");
        await Visitor.ShouldReadAsync("You are signed out.");

        App.NextStep();
        await SignInAsync();
        await Assertions.Expect(Visitor.CodeField).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(phone.Code());
        await Page.Keyboard.PressAsync("Enter");
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test]
    public async Task The_first_stop_of_the_tab_key_skips_the_navigation()
    {
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldBeSignedInAsync("Password only");
        await Page.Keyboard.PressAsync("Tab");
        Assert.That(await FocusedTextAsync(), Is.EqualTo("Skip to content"));
        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.PressAsync("Tab");
        Assert.That(await FocusedTextAsync(), Is.EqualTo("Set up two-factor authentication"));
    }

    private async Task SignInAsync()
    {
        // The page puts the cursor into its first field.
        await Assertions.Expect(Page.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(Visitor.Alice.Email);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync(Visitor.Alice.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.GetByLabel("Password")).ToHaveCountAsync(0);
    }

    private async Task TabToAsync(string text)
    {
        var passed = new List<string>();
        for (var stop = 0; stop < 30; stop++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focused = await FocusedTextAsync();
            if (focused == text) return;
            passed.Add(focused);
        }

        Assert.Fail($"The tab key does not reach '{text}'; it passed {string.Join(", ", passed)}.");
    }

    private Task<string> FocusedTextAsync() => Page.EvaluateAsync<string>("document.activeElement?.textContent.trim() ?? ''");
}
