using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>Every page that a user sees, on two screens, light and dark: the pictures are to be looked at, and what a program can see is checked.</summary>
public sealed class LayoutTests : BrowserTest
{
    [Test, Feature("A1"), Feature("A7"), Feature("B12"), Feature("C2")]
    public async Task Every_page_of_a_user_fits_its_screen_and_is_accessible()
    {
        await TrustPolicy.SetAsync(App, 30);
        var look = new Look();
        await SeeAsync("/account/register", "register");
        await SeeAsync("/account/sign-in", "sign-in");
        await Visitor.PressAsync("Continue");
        await look.AtAsync(Visitor, "sign-in-errors");
        await SeeAsync("/account/activate?invitation=nonsense", "activate-used");
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldBeSignedInAsync("Password only");
        await look.AtAsync(Visitor, "home-off");
        await SeeAsync("/security", "security-off");
        await SeeAsync("/security/authenticator", "setup-intro");
        await Visitor.PressAsync("I have an app, continue");
        await look.AtAsync(Visitor, "setup-scan");
        var phone = Authenticator.Scan(await Visitor.ScreenshotAsync("setup-scan"), App.Clock.GetUtcNow);
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.BackupCodesAsync();
        await look.AtAsync(Visitor, "codes");
        await SeeAsync("/security/devices", "devices-none");
        await SeeAsync("/security/backup-codes", "new-codes");
        await SeeAsync("/security/replace", "replace");
        await Visitor.SignOutAsync();
        await look.AtAsync(Visitor, "signed-out");

        App.NextStep();
        await Visitor.EnterPasswordAsync();
        await look.AtAsync(Visitor, "challenge");
        await Visitor.SubmitCodeAsync(phone.Code(TimeSpan.FromMinutes(-5)));
        await look.AtAsync(Visitor, "challenge-clock-hint");
        await Visitor.FollowAsync("Backup code");
        await Visitor.SubmitCodeAsync("nonsense");
        await look.AtAsync(Visitor, "challenge-backup-code");
        await Visitor.FollowAsync("Authenticator");
        await Page.GetByLabel("Trust this browser for 30 days").CheckAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        await look.AtAsync(Visitor, "home-on");
        await SeeAsync("/security", "security-on");
        await SeeAsync("/security/devices", "devices");
        await SeeAsync("/security/password", "password");
        await Visitor.PressAsync("Change password");
        await look.AtAsync(Visitor, "password-errors");
        await SeeAsync("/security/verify?returnUrl=/security", "verify");
        await SeeAsync("/security/remove", "turn-off");
        await Visitor.PressAsync("Turn off and sign out");
        await Visitor.ShouldReadAsync("delete the entry");
        await look.AtAsync(Visitor, "turned-off");
        await SeeAsync("/dev/clock", "clock");
        await SeeAsync("/error", "error");

        look.ShouldHaveFoundNothing();
        AxeCore.Require();

        async Task SeeAsync(string path, string name)
        {
            await Visitor.GoAsync(path);
            await look.AtAsync(Visitor, name);
        }
    }

    [Test]
    public async Task The_accessibility_checker_finds_a_field_without_a_label_and_text_that_is_too_pale()
    {
        AxeCore.Require();
        await Visitor.GoAsync("/account/sign-in");
        await Page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<input name=\"bare\"><p id=\"pale\">Pale</p>')");
        await Page.EvaluateAsync("document.getElementById('pale').style.color = '#dddddd'");
        var found = await AxeCore.FindAsync(Page);
        Assert.That(found, Has.Some.StartsWith("label:").And.Some.StartsWith("color-contrast:"));
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
}
