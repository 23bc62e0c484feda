using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>Every page, on three screens, light and dark: the screenshots are to be looked at, and what a program can see is checked.</summary>
public sealed class LayoutTests : BrowserTest
{
    [TestCase("wide", 1280, 800, ColorScheme.Light)]
    [TestCase("wide-dark", 1280, 800, ColorScheme.Dark)]
    [TestCase("phone", 360, 740, ColorScheme.Light)]
    [TestCase("phone-dark", 360, 740, ColorScheme.Dark)]
    [Feature("A1"), Feature("A7"), Feature("B12")]
    public async Task No_page_scrolls_sideways_and_every_field_has_a_label(string screen, int width, int height, ColorScheme colours)
    {
        var visitor = await VisitorAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
        });
        await visitor.GoAsync("/account/register");
        await LookAsync(visitor, $"{screen}-register");
        await visitor.GoAsync("/account/sign-in");
        await LookAsync(visitor, $"{screen}-sign-in");
        await visitor.PressAsync("Continue");
        await LookAsync(visitor, $"{screen}-sign-in-errors");
        await visitor.EnterPasswordAsync();
        await LookAsync(visitor, $"{screen}-home-off");
        await visitor.GoAsync("/security");
        await LookAsync(visitor, $"{screen}-security-off");
        await visitor.FollowAsync("Set up two-factor authentication");
        await LookAsync(visitor, $"{screen}-setup-intro");
        var (phone, _) = await visitor.EnrolAsync($"{screen}-setup-scan");
        await LookAsync(visitor, $"{screen}-codes");
        await visitor.FollowAsync("I have saved my codes");
        await LookAsync(visitor, $"{screen}-security-on");
        await visitor.FollowAsync("Make new codes");
        await LookAsync(visitor, $"{screen}-new-codes");
        await visitor.SignOutAsync();
        await LookAsync(visitor, $"{screen}-signed-out");

        App.NextStep();
        await visitor.EnterPasswordAsync();
        await LookAsync(visitor, $"{screen}-challenge");
        await visitor.SubmitCodeAsync(phone.Code(TimeSpan.FromMinutes(-5)));
        await LookAsync(visitor, $"{screen}-challenge-clock-hint");
        await visitor.FollowAsync("Backup code");
        await visitor.SubmitCodeAsync("nonsense");
        await LookAsync(visitor, $"{screen}-challenge-backup-code");
        await visitor.FollowAsync("Authenticator");
        await visitor.SubmitCodeAsync(phone.Code());
        await visitor.ShouldBeSignedInAsync("Password and authenticator app");
        await LookAsync(visitor, $"{screen}-home-on");
        await visitor.GoAsync("/security/remove");
        await LookAsync(visitor, $"{screen}-turn-off");
        await visitor.PressAsync("Turn off and sign out");
        await LookAsync(visitor, $"{screen}-turned-off");
        await visitor.GoAsync("/dev/clock");
        await LookAsync(visitor, $"{screen}-clock");
    }

    [Test]
    public async Task A_code_field_brings_up_the_number_pad_and_takes_any_length()
    {
        await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();

        await Assertions.Expect(Visitor.CodeField).ToHaveAttributeAsync("autocomplete", "one-time-code");
        await Assertions.Expect(Visitor.CodeField).ToHaveAttributeAsync("inputmode", "numeric");
        await Assertions.Expect(Visitor.CodeField).ToBeFocusedAsync();
        Assert.That(await Visitor.CodeField.GetAttributeAsync("maxlength"), Is.Null);
        await Visitor.SubmitCodeAsync("1");
        await Assertions.Expect(Visitor.CodeField).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(Visitor.CodeField).ToHaveAccessibleDescriptionAsync("Enter the 6 digits that the app shows.");
        await Assertions.Expect(Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Error: "));
    }

    internal static async Task LookAsync(Visitor visitor, string name)
    {
        await Assertions.Expect(visitor.Heading).ToHaveCountAsync(1);
        await visitor.ScreenshotAsync(name);
        var widths = await visitor.Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.That(widths[0], Is.LessThanOrEqualTo(widths[1]), $"{name} scrolls sideways");
        var unnamed = await visitor.Page.EvaluateAsync<string[]>(
            "Array.from(document.querySelectorAll('input:not([type=hidden]), select, textarea')).filter(i => i.labels.length === 0).map(i => i.name)");
        Assert.That(unnamed, Is.Empty, $"fields without a label on {name}");
    }
}
