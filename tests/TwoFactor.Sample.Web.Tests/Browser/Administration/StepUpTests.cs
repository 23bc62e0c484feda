using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>The administration asks for a code that is not old, and goes on where one wanted to go.</summary>
[Feature("X8")]
public sealed class StepUpTests : AdministrationTest
{
    [Test]
    public async Task The_administration_asks_for_a_code_after_half_an_hour_and_on_a_trusted_browser_and_leads_back()
    {
        await TrustPolicy.SetAsync(App, 30);
        var (phone, _) = await EnrolAsync(Martin);
        await Visitor.EnterPasswordAsync(Martin);
        await Page.GetByLabel("Trust this browser for 30 days").CheckAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.GoAsync("/admin/larkspur/users");
        await Visitor.ShouldHaveHeadingAsync("Users");

        App.Clock.Offset += TimeSpan.FromMinutes(31);
        await Visitor.GoAsync("/admin/larkspur/users?Status=Locked");
        await Visitor.ShouldHaveHeadingAsync("Confirm that it is you");
        await Assertions.Expect(Visitor.CodeField).ToBeFocusedAsync();
        await Visitor.SubmitCodeAsync("12345", "Confirm");
        await Visitor.ShouldReadAsync("Enter the 6 digits that the app shows.");
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.ShouldHaveHeadingAsync("Users");
        Assert.That(new Uri(Page.Url).PathAndQuery, Is.EqualTo("/admin/larkspur/users?Status=Locked"));

        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync(Martin);
        await Visitor.ShouldBeSignedInAsync("Password on a trusted browser");
        await Visitor.FollowAsync("Administration");
        await Visitor.ShouldHaveHeadingAsync("Confirm that it is you");
        await Visitor.ScreenshotAsync("step-up-administration");
        App.NextStep();
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.ShouldHaveHeadingAsync("Security settings");
    }

    [Test]
    public async Task The_page_that_asks_leads_to_no_other_site()
    {
        var (phone, _) = await EnrolAsync(Alice);
        await Visitor.EnterPasswordAsync(Alice);
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        App.NextStep();
        await Visitor.GoAsync($"/security/verify?returnUrl={Uri.EscapeDataString("//evil.example/")}");
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        Assert.That(new Uri(Page.Url).Authority, Is.EqualTo(App.Address.Authority));
    }
}
