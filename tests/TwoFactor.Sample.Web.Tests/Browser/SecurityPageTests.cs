using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

public sealed class SecurityPageTests : BrowserTest
{
    [Test, Feature("A7")]
    public async Task New_backup_codes_replace_the_old_ones_after_a_fresh_code()
    {
        var (phone, old) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        App.Clock.Offset += TimeSpan.FromMinutes(15);
        await Visitor.GoAsync("/security");
        await Visitor.FollowAsync("Make new codes");
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Confirm that it is you");
        await Visitor.ScreenshotAsync("step-up");
        await Visitor.SubmitCodeAsync(phone.Code(), "Confirm");
        await Visitor.PressAsync("Make new codes");
        var codes = await Visitor.BackupCodesAsync();
        Assert.That(codes.Intersect(old), Is.Empty);
        await Visitor.SignOutAsync();

        await Visitor.EnterPasswordAsync();
        await Visitor.FollowAsync("Backup code");
        await Visitor.SubmitCodeAsync(old[0]);
        await Visitor.ShouldReadAsync("That code is not right.");
        await Visitor.SubmitCodeAsync(codes[0]);
        await Visitor.ShouldBeSignedInAsync("Password and backup code");
    }

    [Test, Feature("B11"), Feature("B12")]
    public async Task Turning_it_off_signs_out_every_browser_and_tells_to_delete_the_entry()
    {
        var (phone, codes) = await Visitor.PrepareAliceAsync();
        var other = await VisitorAsync();
        await other.EnterPasswordAsync();
        await other.FollowAsync("Backup code");
        await other.SubmitCodeAsync(codes[0]);
        await other.ShouldBeSignedInAsync("Password and backup code");
        // A backup code burns the steps of the window as well.
        App.NextStep(2);
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");

        await Visitor.GoAsync("/security");
        await Visitor.FollowAsync("Turn off");
        await Visitor.ScreenshotAsync("turn-off");
        await Visitor.PressAsync("Turn off and sign out");

        await Visitor.ShouldReadAsync("delete the entry");
        await Visitor.ShouldReadAsync("Larkspur: alice@example.com");
        await Visitor.ScreenshotAsync("turned-off");
        await Visitor.GoAsync("/");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"), "signed out here");
        await other.GoAsync("/");
        Assert.That(other.Path, Is.EqualTo("/account/sign-in"), "signed out there");
        await other.ShouldReadAsync("You were signed out");

        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldBeSignedInAsync("Password only");
    }

    [Test, Feature("B11")]
    public async Task Turning_it_off_asks_for_a_code_when_the_last_one_was_a_while_ago()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.GoAsync("/security/remove");
        App.Clock.Offset += TimeSpan.FromMinutes(11);

        await Visitor.PressAsync("Turn off and sign out");

        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Confirm that it is you");
        await Visitor.GoAsync("/security");
        await Visitor.ShouldReadAsync("10 codes left");
    }

    [Test, Feature("X8")]
    public async Task A_session_without_a_code_must_enter_one_before_it_changes_what_another_browser_set_up()
    {
        await Visitor.EnterPasswordAsync();
        var other = await VisitorAsync();
        await other.EnterPasswordAsync();
        await other.EnrolAsync();

        foreach (var path in (string[])["/security/authenticator", "/security/backup-codes", "/security/remove"])
        {
            await Visitor.GoAsync(path);
            await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Confirm that it is you");
        }
    }

    [Test]
    public async Task The_development_page_moves_the_clock_and_puts_it_back()
    {
        await Visitor.GoAsync("/dev/clock");
        await Visitor.PressAsync("+ 1 hour");
        await Visitor.ShouldReadAsync("01:00:00");
        Assert.That(App.Clock.Offset, Is.EqualTo(TimeSpan.FromHours(1)));
        await Visitor.PressAsync("Back to the real time");
        await Visitor.ShouldReadAsync("00:00:00");
        Assert.That(App.Clock.Offset, Is.EqualTo(TimeSpan.Zero));
    }
}
