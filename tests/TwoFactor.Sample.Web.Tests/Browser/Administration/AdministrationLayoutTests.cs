using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>The pages of administrators and of users under a policy, on two screens, light and dark: to be looked at.</summary>
public sealed class AdministrationLayoutTests : AdministrationTest
{
    [TestCase("wide", 1280, 800, ColorScheme.Light)]
    [TestCase("wide-dark", 1280, 800, ColorScheme.Dark)]
    [TestCase("phone", 360, 740, ColorScheme.Light)]
    [TestCase("phone-dark", 360, 740, ColorScheme.Dark)]
    [Feature("A10"), Feature("A3")]
    public async Task No_page_scrolls_sideways_and_every_field_has_a_label(string screen, int width, int height, ColorScheme colours)
    {
        var petra = await VisitorAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
        });
        await petra.EnterPasswordAsync(Petra);
        await petra.EnrolAsync("administrator-scan");
        await RequireAsync(petra, "larkspur", "Group “managers”", "7");
        await LayoutTests.LookAsync(petra, $"{screen}-admin-security");
        await SetRuleAsync(petra, "All users", "Required", "400");
        await petra.PressAsync("Save");
        await LayoutTests.LookAsync(petra, $"{screen}-admin-security-errors");
        await RequireAsync(petra, "larkspur", "Group “staff”", "0");
        await petra.GoAsync("/admin/larkspur/users");
        await LayoutTests.LookAsync(petra, $"{screen}-admin-users");
        await OpenUserAsync(petra, Bob);
        await ActAsync(petra, "Reset 2FA", "Reset 2FA");
        await LayoutTests.LookAsync(petra, $"{screen}-admin-user");
        await petra.GoAsync("/admin/larkspur/audit");
        await petra.PressAsync("Verify chain");
        await LayoutTests.LookAsync(petra, $"{screen}-admin-audit");
        await petra.SignOutAsync();

        await petra.EnterPasswordAsync(Alice);
        await LayoutTests.LookAsync(petra, $"{screen}-set-up-confined");
        await petra.GoAsync("/account/sign-in");
        await petra.EnterPasswordAsync(Bob);
        await LayoutTests.LookAsync(petra, $"{screen}-reminder");
        await petra.FollowAsync("Remind me later");
        await petra.ShouldBeSignedInAsync("Password only");
        await LayoutTests.LookAsync(petra, $"{screen}-home-in-grace");
    }
}
