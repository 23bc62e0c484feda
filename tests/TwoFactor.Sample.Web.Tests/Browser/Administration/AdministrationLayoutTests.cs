using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>The pages of administrators and of users under a policy, on two screens, light and dark: to be looked at.</summary>
public sealed class AdministrationLayoutTests : AdministrationTest
{
    protected override bool MayLogRefusals => true;

    [Test, Feature("A10"), Feature("A3"), Feature("X3")]
    public async Task Every_page_of_administrators_fits_its_screen_and_is_accessible()
    {
        var look = new Look();
        var petra = await ProtectedAsync(Petra);
        await petra.GoAsync("/admin/larkspur/security");
        await look.AtAsync(petra, "admin-security");
        await SetRuleAsync(petra, "All users", "Required", "7");
        await petra.Page.GetByLabel("Without 2FA after the grace period").SelectOptionAsync("Deny");
        await petra.PressAsync("Preview");
        await petra.ShouldReadAsync("What would happen");
        await look.AtAsync(petra, "admin-preview");
        await SetRuleAsync(petra, "All users", "Required", "400");
        await petra.PressAsync("Save");
        await look.AtAsync(petra, "admin-security-errors");
        await RequireAsync(petra, "larkspur", "Group “managers”", "7");
        await RequireAsync(petra, "larkspur", "Group “staff”", "0");
        await look.AtAsync(petra, "admin-security-saved");
        await petra.GoAsync("/admin/larkspur/users");
        await look.AtAsync(petra, "admin-users");
        await petra.GoAsync("/admin/larkspur/users?Search=nobody-of-this-name");
        await look.AtAsync(petra, "admin-users-none");
        await OpenUserAsync(petra, Bob);
        await ActAsync(petra, "Reset 2FA", "Reset 2FA");
        await look.AtAsync(petra, "admin-user");
        await petra.GoAsync("/admin/larkspur/audit");
        await petra.PressAsync("Verify chain");
        await look.AtAsync(petra, "admin-audit");
        await petra.GoAsync("/admin/nowhere");
        await look.AtAsync(petra, "not-found");

        await Visitor.EnterPasswordAsync(Alice);
        await Visitor.ShouldReadAsync("Larkspur Ltd requires two-factor authentication");
        await look.AtAsync(Visitor, "set-up-confined");
        await Visitor.GoAsync("/account/sign-in");
        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.ShouldReadAsync("7 days left.");
        await look.AtAsync(Visitor, "reminder");
        await Visitor.FollowAsync("Remind me later");
        await Visitor.ShouldBeSignedInAsync("Password only");
        await look.AtAsync(Visitor, "home-in-grace");

        look.ShouldHaveFoundNothing();
        AxeCore.Require();
    }
}
