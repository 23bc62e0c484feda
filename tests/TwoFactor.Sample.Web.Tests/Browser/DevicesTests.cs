using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Testing;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>The list of trusted browsers: the user's own, and what an administrator sees of it.</summary>
[Feature("C2")]
public sealed class DevicesTests : BrowserTest
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private Authenticator _phone = null!;

    [SetUp]
    public async Task EnrolAliceAsync()
    {
        await TrustPolicy.SetAsync(App, 30);
        (_phone, _) = await EnrolAsync(Visitor.Alice);
    }

    [Test]
    public async Task Each_browser_is_listed_with_its_days_this_one_is_marked_and_one_or_all_are_removed()
    {
        var other = await VisitorAsync(new BrowserNewContextOptions { UserAgent = Firefox });
        await TrustAsync(other);
        await TrustAsync(Visitor);
        await Visitor.GoAsync("/security");
        await Visitor.ShouldReadAsync("2 browsers sign in without a code.");
        await Visitor.GoAsync("/security/devices");
        await Assertions.Expect(Rows).ToHaveCountAsync(2);
        await Assertions.Expect(Row("Firefox on Windows").Locator("time")).ToHaveCountAsync(3);
        await Assertions.Expect(Row("This browser")).ToContainTextAsync("Chrome on Linux");
        await Visitor.ScreenshotAsync("devices");

        await Row("Firefox on Windows").GetByRole(AriaRole.Button, new() { Name = "Remove Firefox on Windows" }).ClickAsync();
        await Visitor.ShouldReadAsync("The browser is no longer trusted.");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await other.GoAsync("/");
        await other.ShouldBeSignedInAsync("Password and authenticator app");
        await other.SignOutAsync();
        await other.EnterPasswordAsync();
        await other.ShouldHaveHeadingAsync("Enter your code");

        await other.Page.GetByLabel("Trust this browser for 30 days").CheckAsync();
        await other.SubmitCodeAsync(_phone.Code());
        await Visitor.GoAsync("/security/devices");
        await Visitor.PressAsync("Remove all");
        await Visitor.ShouldReadAsync("2 browsers are no longer trusted.");
        await Visitor.ShouldReadAsync("No browser is trusted.");
        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldHaveHeadingAsync("Enter your code");
    }

    [Test, Attack(23)]
    public async Task Nobody_removes_the_browser_of_another_and_nonsense_removes_nothing()
    {
        await TrustAsync(Visitor);
        var alice = new UserId(await IdOfAsync(Visitor.Alice));
        var devices = App.Services.GetRequiredService<TrustedDeviceService>();
        var id = (await devices.ListAsync(alice)).Single().Id.ToString();
        var bob = await VisitorAsync();
        await bob.EnterPasswordAsync(DemoAccounts.All[1]);
        await bob.GoAsync("/security/devices");
        foreach (var wanted in (string[])[id, "", "nonsense", "00000000-0000-0000-0000-000000000000"])
        {
            // The page has no form to post: this one comes from elsewhere, with the page's own token.
            await bob.Page.EvaluateAsync(
                """
                id => {
                  const form = document.createElement('form');
                  form.method = 'post';
                  for (const [name, value] of [['id', id], ['__RequestVerificationToken', document.querySelector('input[name=__RequestVerificationToken]').value]])
                    form.append(Object.assign(document.createElement('input'), { name, value }));
                  document.body.append(form);
                  form.submit();
                }
                """,
                wanted);
            await bob.ShouldReadAsync("There was nothing to remove");
            await bob.GoAsync("/security/devices");
        }

        Assert.That(await devices.ListAsync(alice), Has.Length.EqualTo(1));
    }

    [Test, Feature("B1")]
    public async Task An_administrator_sees_how_many_browsers_are_trusted_and_revokes_them_for_a_reason()
    {
        await TrustAsync(Visitor);
        var martin = await VisitorAsync();
        var account = DemoAccounts.All.Single(a => a.Email == "martin@example.com");
        var (phone, _) = await EnrolAsync(account);
        await martin.EnterPasswordAsync(account);
        await martin.SubmitCodeAsync(phone.Code());
        await martin.ShouldBeSignedInAsync("Password and authenticator app");
        await martin.GoAsync($"/admin/larkspur/users/{await IdOfAsync(Visitor.Alice)}");
        await martin.ShouldReadAsync("1 browser");
        await martin.Page.Locator("summary", new() { HasTextString = "Revoke trusted browsers" }).ClickAsync();
        await martin.PressAsync("Revoke");
        await martin.ShouldReadAsync("Give a reason");
        await martin.Page.Locator("#untrust-Reason").FillAsync("Lost her laptop");
        await martin.PressAsync("Revoke");
        await martin.ShouldReadAsync("No browser of this user is trusted any more.");
        await Assertions.Expect(martin.Page.Locator(".facts div", new() { HasTextString = "Trusted browsers" })).ToContainTextAsync("None");
        await martin.ScreenshotAsync("user-browsers-revoked");
        await martin.GoAsync("/admin/larkspur/audit?Event=mfa_trusted_devices_revoked");
        await martin.ShouldReadAsync("reason: Lost her laptop");

        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldHaveHeadingAsync("Enter your code");
    }

    private ILocator Rows => Page.Locator("table.data tbody tr");

    private ILocator Row(string text) => Rows.Filter(new() { HasTextString = text });

    private async Task TrustAsync(Visitor visitor)
    {
        await visitor.EnterPasswordAsync();
        await visitor.Page.GetByLabel("Trust this browser for 30 days").CheckAsync();
        await visitor.SubmitCodeAsync(_phone.Code());
        await visitor.ShouldBeSignedInAsync("Password and authenticator app");
        App.NextStep();
    }
}
