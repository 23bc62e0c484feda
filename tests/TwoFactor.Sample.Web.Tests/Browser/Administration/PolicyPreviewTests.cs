using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>What settings would do, before they are saved.</summary>
[Feature("X3")]
public sealed class PolicyPreviewTests : AdministrationTest
{
    protected override string[] Settings => ["TwoFactor:Lockout:Preset=AdminUnlock"];

    [Test]
    public async Task A_preview_counts_by_outcome_names_the_administrators_who_would_be_stopped_and_saves_nothing()
    {
        var martin = await ProtectedAsync(Martin);
        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "All users", "Required", "7");
        await martin.Page.GetByLabel("Without 2FA after the grace period").SelectOptionAsync("Deny");
        await martin.PressAsync("Preview");

        await martin.ShouldReadAsync("What would happen");
        // Larkspur has eight members, Martin alone with an authenticator.
        await Assertions.Expect(Row("Sign in without a code").Locator("td")).ToHaveTextAsync(["7", "0", "0"]);
        await Assertions.Expect(Row("Are reminded to set up").Locator("td")).ToHaveTextAsync(["0", "7", "0"]);
        await Assertions.Expect(Row("Enter a code").Locator("td")).ToHaveTextAsync(["1", "1", "1"]);
        await Assertions.Expect(Row("Are turned away").Locator("td")).ToHaveTextAsync(["0", "0", "7"]);
        await Assertions.Expect(martin.Page.Locator("section", new() { HasTextString = "What would happen" }).Locator("li")).ToHaveTextAsync(
            ["Petra Wynn would be turned away: no authenticator when the grace is over."]);
        await Assertions.Expect(martin.Page.Locator("section[aria-labelledby=preview]")).ToBeFocusedAsync();
        await martin.ScreenshotAsync("policy-preview");
        await Assertions.Expect(Phase(martin, "All users").GetByLabel("Grace period (days)")).ToHaveValueAsync("7");

        await SetRuleAsync(martin, "All users", "Required", "366");
        await martin.PressAsync("Preview");
        await martin.ShouldReadAsync("it must be from 0 to 365");
        await martin.GoAsync("/admin/larkspur/security");
        await martin.ShouldReadAsync("Nothing was set yet.");

        ILocator Row(string text) => martin.Page.Locator("table.counts tbody tr", new() { HasTextString = text });
    }

    [Test]
    public async Task Settings_that_leave_no_administrator_able_to_sign_in_are_refused_with_who_and_why()
    {
        var martin = await ProtectedAsync(Martin);
        // Somebody who knows his password locks his codes: he is still signed in, but would not get in again by himself.
        await Visitor.EnterPasswordAsync(Martin);
        foreach (var code in (string[])["000001", "000002", "000003"]) await Visitor.SubmitCodeAsync(code);
        await Visitor.ShouldReadAsync("An administrator has to unlock your account.");

        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "All users", "Required", "0");
        await martin.Page.GetByLabel("Without 2FA after the grace period").SelectOptionAsync("Deny");
        await martin.PressAsync("Save");

        await martin.ShouldReadAsync("No administrator of Larkspur Ltd could sign in any more");
        await martin.ShouldReadAsync("Martin Vale is locked until an administrator unlocks.");
        await martin.ShouldReadAsync("Petra Wynn would be turned away: no authenticator when the grace is over.");
        await martin.ScreenshotAsync("policy-refused");
        await martin.GoAsync("/admin/larkspur/security");
        await martin.ShouldReadAsync("Nothing was set yet.");
    }
}
