using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>The checkbox "trust this browser": whom it spares the code, and everything that ends it.</summary>
public sealed class TrustedBrowserTests : BrowserTest
{
    private const string Trusted = "Password on a trusted browser";
    private Authenticator _phone = null!;

    [SetUp]
    public async Task TrustAsync()
    {
        await TrustPolicy.SetAsync(App, 30);
        (_phone, _) = await EnrolAsync(Visitor.Alice);
        await Visitor.EnterPasswordAsync();
        await Page.GetByLabel("Trust this browser for 30 days").CheckAsync();
        await Visitor.ScreenshotAsync("trust-offered");
        await Visitor.SubmitCodeAsync(_phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        App.NextStep();
    }

    [Test, Feature("C2")]
    public async Task The_same_browser_is_spared_the_code_another_one_and_one_without_its_cookies_are_not()
    {
        await ShouldBeSparedAsync();
        await ShouldBeSparedAsync();
        await Visitor.ScreenshotAsync("trusted-sign-in");

        await ShouldBeAskedAsync(await VisitorAsync());
        await Page.Context.ClearCookiesAsync();
        await ShouldBeAskedAsync(Visitor);
    }

    [Test, Feature("C2")]
    public async Task Who_does_not_tick_the_box_is_asked_again()
    {
        var other = await VisitorAsync();
        await other.EnterPasswordAsync();
        await other.SubmitCodeAsync(_phone.Code());
        await other.ShouldBeSignedInAsync("Password and authenticator app");
        await ShouldBeAskedAsync(other);
    }

    [Test, Feature("C2")]
    public async Task After_the_days_a_code_is_asked_for_again()
    {
        App.Clock.Offset += TimeSpan.FromDays(29);
        await ShouldBeSparedAsync();
        App.Clock.Offset += TimeSpan.FromDays(2);
        await ShouldBeAskedAsync(Visitor);
    }

    [Test, Feature("C2")]
    public async Task A_shorter_time_holds_for_browsers_trusted_before()
    {
        App.Clock.Offset += TimeSpan.FromDays(8);
        await ShouldBeSparedAsync();
        await TrustPolicy.SetAsync(App, 7);
        await ShouldBeAskedAsync(Visitor);
        await Visitor.ShouldReadAsync("Trust this browser for 7 days");
    }

    [Test, Feature("C3")]
    public async Task Switched_off_every_sign_in_asks_and_offers_nothing_and_what_was_trusted_stays_dead_when_it_is_on_again()
    {
        await TrustPolicy.SetAsync(App, null);
        await ShouldBeAskedAsync(Visitor);
        await Assertions.Expect(Page.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        // A box that was not offered, posted all the same.
        await Page.Locator("form:has(input[name=Code])").EvaluateAsync(
            "form => form.insertAdjacentHTML('beforeend', '<input type=\"hidden\" name=\"TrustBrowser\" value=\"true\">')");
        await Visitor.SubmitCodeAsync(_phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        await ShouldBeAskedAsync(Visitor);
        await TrustPolicy.SetAsync(App, 90);
        await ShouldBeAskedAsync(Visitor);
    }

    [Test, Feature("C3")]
    public async Task Switched_off_and_on_again_between_two_sign_ins_a_cookie_from_before_is_dead()
    {
        await TrustPolicy.SetAsync(App, null);
        App.Clock.Offset += TimeSpan.FromSeconds(1);
        await TrustPolicy.SetAsync(App, 90);
        await ShouldBeAskedAsync(Visitor);
    }

    [Test, Feature("C2"), Feature("A12"), Attack(22)]
    public async Task After_a_reset_a_code_is_asked_for()
    {
        var martin = Account("martin@example.com");
        await EnrolAsync(martin);
        var administration = App.Services.GetRequiredService<AdministrationService>();
        var (actor, alice) = (new UserId(await IdOfAsync(martin)), new UserId(await IdOfAsync(Visitor.Alice)));
        Assert.That(
            await administration.ResetAsync(actor, alice, "Lost her phone", "Video call", new OrganizationId("larkspur")),
            Is.InstanceOf<AdministrationResult.Done>());
        await EnrolAsync(Visitor.Alice);
        await Visitor.GoAsync("/");
        await Visitor.ShouldReadAsync("You were signed out");
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldHaveHeadingAsync("Enter your code");
    }

    [Test, Feature("C2"), Attack(22)]
    public async Task After_another_authenticator_was_set_up_a_code_is_asked_for()
    {
        await Visitor.GoAsync("/security");
        await Visitor.FollowAsync("Replace");
        await Visitor.SetUpAsync("replace-scan");
        await ShouldBeAskedAsync(Visitor);
    }

    [Test, Feature("C2"), Attack(22)]
    public async Task After_the_password_was_changed_a_code_is_asked_for()
    {
        await Visitor.GoAsync("/security");
        await Visitor.FollowAsync("Change password");
        await Page.GetByLabel("Present password").FillAsync("not the password");
        await Page.GetByLabel("New password").FillAsync("alice-and-the-second-harbour");
        await Visitor.PressAsync("Change password");
        await Visitor.ShouldReadAsync("That is not your present password.");
        await Page.GetByLabel("Present password").FillAsync(Visitor.Alice.Password);
        await Page.GetByLabel("New password").FillAsync("alice-and-the-second-harbour");
        await Visitor.PressAsync("Change password");
        await Visitor.ShouldReadAsync("Your password is changed.");
        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldReadAsync("E-mail address or password is wrong.");
        await Visitor.EnterPasswordAsync(password: "alice-and-the-second-harbour");
        await Visitor.ShouldHaveHeadingAsync("Enter your code");
    }

    [Test, Feature("C2"), Attack(22)]
    public async Task A_copy_of_the_cookie_that_was_used_since_is_asked_and_kills_the_device()
    {
        var thief = await VisitorAsync();
        await thief.Page.Context.AddCookiesAsync([await TrustCookieAsync()]);
        await ShouldBeSparedAsync();

        await ShouldBeAskedAsync(thief);
        await ShouldBeAskedAsync(Visitor);
        await Visitor.SubmitCodeAsync(_phone.Code());
        await Visitor.GoAsync("/security/devices");
        await Visitor.ShouldReadAsync("No browser is trusted.");
    }

    [Test, Feature("C2"), Attack(23)]
    public async Task The_cookie_of_one_user_spares_no_other_the_code()
    {
        var bob = Account("bob@example.com");
        var (phone, _) = await EnrolAsync(bob);
        var cookie = await TrustCookieAsync();
        await ShouldBeAskedAsync(Visitor, bob);
        await Page.GetByLabel("Trust this browser for 30 days").CheckAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        // Under the name that the cookie of the other has: the right name, the wrong token.
        var own = (await Page.Context.CookiesAsync()).Single(c => c.Name.StartsWith("larkspur-trust-", StringComparison.Ordinal) && c.Name != cookie.Name);
        await Page.Context.AddCookiesAsync([new Cookie { Name = own.Name, Value = cookie.Value, Url = App.Address.ToString() }]);
        await ShouldBeAskedAsync(Visitor, bob);
    }

    [Test, Feature("X8")]
    public async Task A_trusted_browser_does_not_open_sensitive_pages_and_a_code_leads_back_to_where_one_wanted_to_go()
    {
        await ShouldBeSparedAsync();
        foreach (var path in (string[])["/security/backup-codes", "/security/replace", "/security/remove"])
        {
            await Visitor.GoAsync(path);
            await Visitor.ShouldHaveHeadingAsync("Confirm that it is you");
            Assert.That(Visitor.Path, Is.EqualTo("/security/verify"), path);
        }

        await Visitor.GoAsync("/security/backup-codes?from=somewhere");
        await Visitor.ScreenshotAsync("step-up-on-a-trusted-browser");
        await Visitor.SubmitCodeAsync(_phone.Code(), "Confirm");
        await Visitor.ShouldHaveHeadingAsync("Make new backup codes");
        Assert.That(new Uri(Page.Url).PathAndQuery, Is.EqualTo("/security/backup-codes?from=somewhere"));
    }

    private async Task ShouldBeSparedAsync()
    {
        await LeaveAsync(Visitor);
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldBeSignedInAsync(Trusted);
    }

    private static async Task ShouldBeAskedAsync(Visitor visitor, DemoAccount? account = null)
    {
        await LeaveAsync(visitor);
        await visitor.EnterPasswordAsync(account);
        await visitor.ShouldHaveHeadingAsync("Enter your code");
    }

    private static async Task LeaveAsync(Visitor visitor)
    {
        await visitor.GoAsync("/");
        if (visitor.Path == "/") await visitor.SignOutAsync();
    }

    private async Task<Cookie> TrustCookieAsync()
    {
        var found = (await Page.Context.CookiesAsync()).Single(c => c.Name.StartsWith("larkspur-trust-", StringComparison.Ordinal));
        Assert.That(found.HttpOnly, Is.True);
        return new Cookie { Name = found.Name, Value = found.Value, Url = App.Address.ToString() };
    }

    private static DemoAccount Account(string email) => DemoAccounts.All.Single(account => account.Email == email);
}
