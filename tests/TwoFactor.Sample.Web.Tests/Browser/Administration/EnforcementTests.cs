using Microsoft.Playwright;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>An organisation begins to require a second factor: what its users see.</summary>
public sealed class EnforcementTests : AdministrationTest
{
    [Test, Feature("A2"), Feature("A3"), Feature("A5"), Feature("A6"), Feature("B2"), Feature("B7"), Feature("C4")]
    public async Task A_group_with_seven_days_of_grace_is_reminded_then_confined_to_the_set_up_and_gets_in()
    {
        var bob = await SignedInAsync(Bob);
        var martin = await ProtectedAsync(Martin);
        await RequireAsync(martin, "larkspur", "Group “managers”", "7");
        await martin.ScreenshotAsync("security-settings-saved");

        await bob.GoAsync("/");
        await bob.ShouldBeSignedInAsync("Password only");
        await Assertions.Expect(bob.Page.Locator(".banner")).ToContainTextAsync("Larkspur Ltd requires it.");
        await bob.SignOutAsync();
        await bob.EnterPasswordAsync(Bob);
        await bob.ShouldHaveHeadingAsync("Set up two-factor authentication");
        await bob.ShouldReadAsync("7 days left.");
        await bob.ScreenshotAsync("reminder");
        await bob.FollowAsync("Remind me later");
        await bob.ShouldBeSignedInAsync("Password only");
        foreach (var path in (string[])["/", "/security"])
        {
            await bob.GoAsync(path);
            await Assertions.Expect(bob.Page.Locator(".banner")).ToContainTextAsync("7 days left.");
        }

        await bob.SignOutAsync();
        var alice = await SignedInAsync(Alice);
        await Assertions.Expect(alice.Page.Locator(".banner")).ToHaveCountAsync(0);
        await martin.GoAsync("/");
        await Assertions.Expect(martin.Page.Locator(".banner")).ToHaveCountAsync(0);

        App.Clock.Offset += TimeSpan.FromDays(8);
        await bob.EnterPasswordAsync(Bob);
        await bob.ShouldReadAsync("Larkspur Ltd requires two-factor authentication");
        Assert.That(bob.Path, Is.EqualTo("/account/set-up"));
        await bob.ScreenshotAsync("confined-to-set-up");
        foreach (var path in (string[])["/", "/security", "/security/authenticator", "/admin/larkspur/users", "/account/challenge"])
        {
            await bob.GoAsync(path);
            Assert.That(bob.Path, Is.EqualTo("/account/sign-in"), path);
        }

        await bob.GoAsync("/account/set-up");
        var (phone, codes) = await bob.SetUpAsync();
        await bob.FollowAsync("I have saved my codes");
        await bob.ShouldBeSignedInAsync("Password and authenticator app");
        Assert.That(codes, Has.Length.EqualTo(10));
        await Assertions.Expect(bob.Page.Locator(".banner")).ToHaveCountAsync(0);
        await bob.SignOutAsync();
        App.NextStep();
        await bob.EnterPasswordAsync(Bob);
        await bob.SubmitCodeAsync(phone.Code());
        await bob.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Feature("A5")]
    public async Task Where_policy_says_so_who_is_late_is_turned_away_until_an_administrator_gives_more_time()
    {
        var martin = await ProtectedAsync(Martin);
        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "Group “managers”", "Required", "0");
        await martin.Page.GetByLabel("Without 2FA after the grace period").SelectOptionAsync("Deny");
        await martin.PressAsync("Save");

        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.ShouldHaveHeadingAsync("You cannot sign in yet");
        await Visitor.ShouldReadAsync("Ask an administrator of Larkspur Ltd");
        await Visitor.ScreenshotAsync("turned-away");

        await OpenUserAsync(martin, Bob);
        await martin.ShouldReadAsync("Overdue");
        await martin.ShouldReadAsync("the time to set up ended");
        await ActAsync(martin, "Extend the grace period", "Extend", ("More days", "3"), ("Reason", "Was on leave"));
        await martin.ShouldReadAsync("The user has more time.");
        await martin.ShouldReadAsync("In grace period");
        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.ShouldReadAsync("3 days left.");
    }

    [Test, Feature("B2")]
    public async Task A_set_up_that_outlasts_its_sign_in_sets_nothing_up_and_leads_back_to_the_sign_in()
    {
        await RequireAsync(await ProtectedAsync(Martin), "larkspur", "Group “managers”", "0");
        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.PressAsync("I have an app, continue");
        var phone = Authenticator.Scan(await Visitor.ScreenshotAsync("confined-scan"), App.Clock.GetUtcNow);
        await Visitor.SubmitCodeAsync("123", "Confirm");
        await Visitor.ShouldReadAsync("Enter the 6 digits that the app shows.");
        App.Clock.Offset += TimeSpan.FromMinutes(7);
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.ShouldReadAsync("This sign-in attempt has ended");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"));
        await Visitor.GoAsync("/");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"), "nobody is signed in");
        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.SetUpAsync();
        await Visitor.FollowAsync("I have saved my codes");
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Feature("C6")]
    public async Task A_mobile_user_who_must_set_up_is_told_where_to_go_and_signs_in_there_with_a_code_later()
    {
        await RequireAsync(await ProtectedAsync(Martin), "larkspur", "Group “managers”", "0");
        await FromMobileAsync();
        await Visitor.ShouldHaveHeadingAsync("Set it up on another device first");
        await Visitor.ShouldReadAsync("a web browser or the desktop app");
        await Visitor.ScreenshotAsync("set-up-elsewhere");

        await Visitor.EnterPasswordAsync(Bob);
        var (phone, _) = await Visitor.SetUpAsync();
        await Visitor.SignOutAsync();
        App.NextStep();
        await FromMobileAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");

        async Task FromMobileAsync()
        {
            await Visitor.GoAsync("/account/sign-in");
            await Page.GetByLabel("Sign in from").SelectOptionAsync("Mobile");
            await Visitor.EnterPasswordAsync(Bob);
        }
    }

    [Test, Feature("A4")]
    public async Task An_invited_user_sets_up_while_activating_without_grace_and_gains_none_by_leaving_half_way()
    {
        await RequireAsync(await ProtectedAsync(Martin), "larkspur", "All users", "30");
        await Visitor.GoAsync("/account/sign-in");
        await Visitor.FollowAsync("Open the invitation");
        var invitation = Page.Url;
        await Visitor.ShouldHaveHeadingAsync("Welcome, Nina Park");
        await Page.GetByLabel("Password").FillAsync("short");
        await Visitor.PressAsync("Activate account");
        await Visitor.ShouldReadAsync("Use 12 to 128 characters.");
        await Visitor.ScreenshotAsync("activate");
        await Page.GetByLabel("Password").FillAsync("nina-opens-the-letter");
        await Visitor.PressAsync("Activate account");
        Assert.That(Visitor.Path, Is.EqualTo("/account/set-up"));

        // She closes the window.
        var later = await VisitorAsync();
        await later.EnterPasswordAsync(DemoAccounts.Invited, "nina-opens-the-letter");
        await later.ShouldReadAsync("Larkspur Ltd requires two-factor authentication");
        Assert.That(later.Path, Is.EqualTo("/account/set-up"));
        await later.SetUpAsync();
        await later.FollowAsync("I have saved my codes");
        await later.ShouldBeSignedInAsync("Password and authenticator app");

        await Visitor.GoAsync(invitation);
        await Visitor.ShouldHaveHeadingAsync("This invitation is no longer good");
        await Visitor.GoAsync("/account/activate?invitation=nonsense");
        await Visitor.ShouldHaveHeadingAsync("This invitation is no longer good");
    }

    [Test, Feature("A4")]
    public async Task Who_registers_into_an_organisation_that_requires_it_sets_up_at_once()
    {
        await RequireAsync(await ProtectedAsync(Martin), "larkspur", "All users", "30");
        await Visitor.GoAsync("/account/register");
        await Page.GetByLabel("Name").FillAsync("Ruth Lane");
        await Page.GetByLabel("E-mail address").FillAsync("ruth@example.com");
        await Page.GetByLabel("Password").FillAsync("ruth-in-the-long-lane");
        await Page.GetByLabel("Organisation").SelectOptionAsync("larkspur");
        await Visitor.PressAsync("Create account");
        Assert.That(Visitor.Path, Is.EqualTo("/account/set-up"));
    }

    [Test, Feature("C1"), Feature("C7"), Feature("C8")]
    public async Task Single_sign_on_and_third_party_logins_are_exempt_and_external_collaborators_are_covered()
    {
        // Fernhill begins with single sign-on, and a rule for whoever comes from outside.
        await Visitor.EnterPasswordAsync(Dmitri);
        await Visitor.ShouldReadAsync("Fernhill requires two-factor authentication");
        await SimulateAsync(Dmitri, "Sign-in link");
        await Visitor.ShouldReadAsync("Fernhill requires two-factor authentication");
        await SimulateAsync(Dmitri, "Google");
        await Visitor.ShouldBeSignedInAsync("Google only");
        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync(Felix);
        await Visitor.ShouldBeSignedInAsync("Password only");
        await Visitor.SignOutAsync();

        await RequireAsync(await ProtectedAsync(Petra), "fernhill", "All users", "0");
        await Visitor.EnterPasswordAsync(Felix);
        await Visitor.ShouldReadAsync("Fernhill requires two-factor authentication");
        await SimulateAsync(Felix, "Single sign-on");
        await Visitor.ShouldBeSignedInAsync("Single sign-on only");
        await Assertions.Expect(Page.Locator(".banner")).ToHaveCountAsync(0);
        await Visitor.SignOutAsync();
        await SimulateAsync(Alice, "Single sign-on");
        await Visitor.ShouldReadAsync("No organisation offers single sign-on to this address.");
    }

    [Test, Feature("B6")]
    public async Task A_user_of_two_organisations_needs_it_as_soon_as_one_of_them_requires_it()
    {
        await Visitor.EnterPasswordAsync(Carla);
        await Visitor.ShouldBeSignedInAsync("Password only");
        await Visitor.SignOutAsync();
        await RequireAsync(await ProtectedAsync(Petra), "fernhill", "Group “staff”", "0");
        await Visitor.EnterPasswordAsync(Carla);
        await Visitor.ShouldReadAsync("Fernhill requires two-factor authentication");
    }

    [Test, Feature("X4")]
    public async Task Report_only_stops_nobody_and_is_in_the_audit_log()
    {
        var martin = await ProtectedAsync(Martin);
        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "Group “staff”", "Report only", "0");
        await martin.PressAsync("Save");
        await SignedInAsync(Alice);
        await martin.GoAsync("/admin/larkspur/audit?Event=mfa_enforcement_reported");
        await martin.ShouldReadAsync("would be: RequireEnrollment");
        await martin.ShouldReadAsync("Alice Adler");
    }

    private async Task SimulateAsync(DemoAccount account, string button)
    {
        await Visitor.GoAsync("/account/sign-in");
        await Page.GetByLabel("E-mail address").FillAsync(account.Email);
        await Visitor.PressAsync(button);
    }
}
