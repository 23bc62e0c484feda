using Microsoft.Playwright;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

public sealed class EnrollmentTests : BrowserTest
{
    [Test, Feature("A1"), Feature("A7")]
    public async Task A_newcomer_registers_and_enrols_with_the_QR_code_of_a_screenshot()
    {
        await Visitor.GoAsync("/");
        await Visitor.FollowAsync("Create an account");
        await Page.GetByLabel("Name").FillAsync("Dora Dunn");
        await Page.GetByLabel("E-mail address").FillAsync("Dora+work@example.com");
        await Page.GetByLabel("Password").FillAsync("a few words of mine");
        await Visitor.PressAsync("Create account");
        await Visitor.ShouldBeSignedInAsync("Password only");

        var (phone, codes) = await Visitor.EnrolAsync();

        Assert.That(phone.Uri, Does.StartWith("otpauth://totp/Larkspur:dora%2Bwork%40example.com?secret="));
        Assert.That(phone.Secret, Has.Length.EqualTo(32), "160 bits in Base32");
        Assert.That(codes, Is.Unique.And.All.Matches("^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$"));
        await Visitor.FollowAsync("I have saved my codes");
        await Visitor.ShouldReadAsync("10 codes left");
        await Visitor.ShouldReadAsync("Larkspur: dora+work@example.com");
    }

    [Test, Feature("A1"), Feature("B3")]
    public async Task The_key_for_typing_is_the_secret_of_the_QR_code_in_groups_of_four()
    {
        await Visitor.EnterPasswordAsync();
        await Visitor.GoAsync("/security/authenticator");
        await Visitor.PressAsync("I have an app, continue");
        var phone = Authenticator.Scan(await Visitor.ScreenshotAsync("setup-key"), App.Clock.GetUtcNow);

        var typed = await Page.Locator("#manual-key").InnerTextAsync();

        Assert.That(typed, Does.Match("^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$"));
        Assert.That(typed.Replace(" ", ""), Is.EqualTo(phone.Secret));
    }

    [Test, Feature("A1"), Feature("A11")]
    public async Task After_a_mistyped_code_the_same_QR_code_is_shown_and_the_right_code_confirms()
    {
        await Visitor.EnterPasswordAsync();
        await Visitor.GoAsync("/security/authenticator");
        await Visitor.PressAsync("I have an app, continue");
        var phone = Authenticator.Scan(await Visitor.ScreenshotAsync("setup-first-try"), App.Clock.GetUtcNow);

        await Visitor.SubmitCodeAsync("12345", "Confirm");
        await Visitor.ShouldReadAsync("Enter the 6 digits that the app shows.");
        await Visitor.SubmitCodeAsync(phone.Code(TimeSpan.FromDays(1)), "Confirm");
        await Visitor.ShouldReadAsync("That code is not right. 4 attempts left.");
        var again = Authenticator.Scan(await Visitor.ScreenshotAsync("setup-second-try"), App.Clock.GetUtcNow);
        Assert.That(again.Uri, Is.EqualTo(phone.Uri));

        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.BackupCodesAsync();
    }

    [Test, Attack(19), Attack(23)]
    public async Task The_set_up_of_one_user_cannot_be_confirmed_by_another()
    {
        await Visitor.EnterPasswordAsync();
        await Visitor.GoAsync("/security/authenticator");
        await Visitor.PressAsync("I have an app, continue");
        var phone = Authenticator.Scan(await Visitor.ScreenshotAsync("setup-of-another"), App.Clock.GetUtcNow);
        var ticket = await Page.Locator("input[name=Ticket]").GetAttributeAsync("value");
        var bob = await VisitorAsync();
        await bob.EnterPasswordAsync(DemoAccounts.All[1]);
        await bob.GoAsync("/security/authenticator");
        await bob.PressAsync("I have an app, continue");

        await bob.Page.Locator("input[name=Ticket]").EvaluateAsync("(input, value) => input.value = value", ticket);
        await bob.SubmitCodeAsync(phone.Code(), "Confirm");

        await bob.ShouldReadAsync("That set-up has ended");
        await bob.GoAsync("/security");
        await bob.ShouldReadAsync("Set up two-factor authentication");
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.BackupCodesAsync();
    }

    [Test, Feature("A7"), Feature("A8")]
    public async Task Backup_codes_are_shown_once_and_downloaded_as_they_were_shown()
    {
        await Visitor.EnterPasswordAsync();
        var (_, codes) = await Visitor.EnrolAsync();
        var download = await Page.RunAndWaitForDownloadAsync(() => Visitor.PressAsync("Download"));
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        var lines = (await reader.ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(download.SuggestedFilename, Is.EqualTo("backup-codes.txt"));
        Assert.That(lines[2..], Is.EqualTo(codes));

        foreach (var path in (string[])["/", "/security", "/security/authenticator", "/security/backup-codes"])
        {
            await Visitor.GoAsync(path);
            Assert.That(await Page.ContentAsync(), Does.Not.Contain(codes[0]), path);
        }
    }

    [Test, Feature("A7")]
    public async Task Copy_puts_all_ten_codes_on_the_clipboard()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Visitor.EnterPasswordAsync();
        var (_, codes) = await Visitor.EnrolAsync();

        await Visitor.PressAsync("Copy");
        await Visitor.ShouldReadAsync("Copied");

        Assert.That(await Page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo(string.Join('\n', codes)));
    }

    [Test, Feature("A7")]
    public async Task On_paper_there_are_the_codes_the_product_the_account_and_the_day_and_nothing_else()
    {
        await Visitor.EnterPasswordAsync();
        var (_, codes) = await Visitor.EnrolAsync();

        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Visitor.ScreenshotAsync("codes-on-paper");

        var printed = (await Page.Locator("body").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var day = await Page.Locator(".print-only time").InnerTextAsync();
        Assert.That(printed, Is.EqualTo((string[])["Larkspur backup codes", "alice@example.com", day, .. codes]));
        await Assertions.Expect(Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        var pdf = await Page.PdfAsync(new() { Path = System.IO.Path.Combine(Repository.Root, "artifacts", "screenshots", "codes-on-paper.pdf"), Format = "A4" });
        Assert.That(System.Text.Encoding.Latin1.GetString(pdf), Does.Contain("/Count 1\n").Or.Contain("/Count 1\r").Or.Contain("/Count 1 ").Or.Contain("/Count 1>"), "one sheet");
    }

    [Test, Feature("A12"), Feature("B11")]
    public async Task Replacing_the_authenticator_kills_the_old_one_and_signs_out_the_other_browser_only()
    {
        var (old, oldCodes) = await Visitor.PrepareAliceAsync();
        var other = await VisitorAsync();
        await other.EnterPasswordAsync();
        await other.SubmitCodeAsync(old.Code());
        await other.ShouldBeSignedInAsync("Password and authenticator app");
        App.NextStep();
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(old.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");

        await Visitor.GoAsync("/security");
        await Visitor.FollowAsync("Replace");
        var (phone, _) = await Visitor.EnrolAsync("replace-scan");
        Assert.That(phone.Secret, Is.Not.EqualTo(old.Secret));
        await Visitor.GoAsync("/security");
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Security");

        await other.GoAsync("/security");
        await other.ShouldReadAsync("You were signed out");
        App.NextStep();
        await other.EnterPasswordAsync();
        await other.SubmitCodeAsync(old.Code());
        await other.ShouldReadAsync("That code is not right. 2 attempts left.");
        await other.FollowAsync("Backup code");
        await other.SubmitCodeAsync(oldCodes[3]);
        await other.ShouldReadAsync("That code is not right. 1 attempt left.");
        await other.FollowAsync("Authenticator");
        await other.SubmitCodeAsync(phone.Code());
        // Where it wanted to go when it was signed out.
        await Assertions.Expect(other.Heading).ToHaveTextAsync("Security");
    }
}
