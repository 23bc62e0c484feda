using Microsoft.Playwright;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

public sealed class SignInTests : BrowserTest
{
    [Test, Feature("A1"), Feature("E2"), Attack(1), Attack(5)]
    public async Task The_next_code_signs_in_and_the_same_code_again_is_refused()
    {
        await Visitor.EnterPasswordAsync();
        var (phone, _) = await Visitor.EnrolAsync();
        var confirming = phone.LastCode;
        await Visitor.SignOutAsync();

        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(confirming);
        await Visitor.ShouldReadAsync("That code was used already.");
        await Visitor.ScreenshotAsync("challenge-replayed");

        App.NextStep();
        var next = phone.Code();
        await Visitor.SubmitCodeAsync(next);
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        await Visitor.SignOutAsync();

        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(next);
        await Visitor.ShouldReadAsync("That code was used already.");
        await Visitor.ShouldReadAsync("3 attempts left");
    }

    [Test, Feature("A7"), Feature("A11")]
    public async Task A_backup_code_signs_in_once_and_is_refused_the_second_time()
    {
        var (_, codes) = await Visitor.PrepareAliceAsync();

        await Visitor.EnterPasswordAsync();
        await Visitor.FollowAsync("Backup code");
        // As somebody types it who reads it from paper.
        await Visitor.SubmitCodeAsync(codes[4].ToLowerInvariant().Replace('-', ' '));
        await Visitor.ShouldBeSignedInAsync("Password and backup code");
        await Visitor.ShouldReadAsync("9 backup codes left");
        await Visitor.ScreenshotAsync("home-after-backup-code");
        await Visitor.SignOutAsync();

        await Visitor.EnterPasswordAsync();
        await Visitor.FollowAsync("Backup code");
        await Visitor.SubmitCodeAsync(codes[4]);
        await Visitor.ShouldReadAsync("That code is not right. 2 attempts left.");
        await Visitor.SubmitCodeAsync(codes[5]);
        await Visitor.ShouldReadAsync("8 backup codes left");
    }

    [Test, Feature("C5")]
    public async Task Three_wrong_codes_start_over_from_the_password()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();

        await Visitor.SubmitCodeAsync(Wrong(phone, 1));
        await Visitor.ShouldReadAsync("2 attempts left");
        await Visitor.SubmitCodeAsync(Wrong(phone, 2));
        await Visitor.ShouldReadAsync("1 attempt left");
        await Visitor.ScreenshotAsync("challenge-wrong");
        await Visitor.SubmitCodeAsync(Wrong(phone, 3));

        await Visitor.ShouldReadAsync("Too many wrong codes");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"));
        await Visitor.ScreenshotAsync("sign-in-start-over");
        await Visitor.GoAsync("/account/challenge");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"), "the attempt is gone");
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Feature("C5")]
    public async Task Five_wrong_codes_over_two_attempts_lock_for_a_minute_and_time_unlocks()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        for (var i = 1; i <= 3; i++) await Visitor.SubmitCodeAsync(Wrong(phone, i));
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldReadAsync("2 attempts left");
        await Visitor.SubmitCodeAsync(Wrong(phone, 4));
        await Visitor.SubmitCodeAsync(Wrong(phone, 5));

        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Your account is locked");
        await Assertions.Expect(Page.Locator(".countdown")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^(1:00|0:[0-5][0-9]) left$"));
        await Visitor.ScreenshotAsync("locked-for-a-minute");
        await Visitor.FollowAsync("Back to sign-in");
        await Visitor.EnterPasswordAsync();
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Your account is locked");

        App.Clock.Offset += TimeSpan.FromSeconds(61);
        await Visitor.FollowAsync("Back to sign-in");
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Feature("A11")]
    public async Task A_code_from_five_minutes_ago_brings_the_clock_hint_and_no_access()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        App.NextStep(20);
        await Visitor.EnterPasswordAsync();

        await Visitor.SubmitCodeAsync(phone.Code(TimeSpan.FromMinutes(-5)));

        await Visitor.ShouldReadAsync("Check your device\u2019s clock");
        await Visitor.ShouldReadAsync("5 minutes behind");
        await Visitor.ShouldReadAsync("2 attempts left");
        await Visitor.ScreenshotAsync("challenge-clock-hint");
        await Visitor.GoAsync("/security");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"));
    }

    [Test, Feature("A11"), Feature("E2")]
    public async Task A_device_whose_clock_is_half_a_minute_off_signs_in_all_the_same()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        App.NextStep(10);
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code(TimeSpan.FromSeconds(25)));
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Attack(27)]
    public async Task Malformed_input_is_told_so_and_costs_no_attempt()
    {
        await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        string[] texts = ["", "12345", "1234567", "１２３４５６", "-12345", "12345\u202E6", "<script>alert(1)</script>", "' OR 1=1 --"];

        foreach (var text in texts)
        {
            await Visitor.SubmitCodeAsync(text);
            await Visitor.ShouldReadAsync("Enter the 6 digits that the app shows.");
            await Visitor.ShouldReadAsync("3 attempts left");
        }

        await Visitor.FollowAsync("Backup code");
        foreach (var text in texts)
        {
            await Visitor.SubmitCodeAsync(text);
            await Visitor.ShouldReadAsync("That is not a backup code.");
            await Visitor.ShouldReadAsync("3 attempts left");
        }
    }

    [Test, Attack(27)]
    public async Task A_code_of_a_hundred_thousand_characters_is_malformed()
    {
        await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(new string('1', 100_000));
        await Visitor.ShouldReadAsync("Enter the 6 digits that the app shows.");
    }

    [Test, Feature("A1")]
    public async Task A_pasted_code_with_a_space_in_it_is_read()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        var code = phone.Code();

        await Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", $" {code[..3]} {code[3..]}\u00A0");
        await Visitor.CodeField.FocusAsync();
        await Page.Keyboard.PressAsync("Control+V");
        await Page.Keyboard.PressAsync("Enter");

        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Feature("C5")]
    public async Task A_sign_in_that_waited_too_long_starts_over()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        App.Clock.Offset += TimeSpan.FromMinutes(6);
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldReadAsync("This sign-in attempt has ended");
    }

    [Test]
    public async Task Start_over_goes_back_to_the_password()
    {
        await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.PressAsync("Start over");
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Sign in");
        await Visitor.GoAsync("/account/challenge");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"));
    }

    [Test, Attack(24)]
    public async Task A_half_finished_sign_in_opens_no_protected_page()
    {
        await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Enter your code");
        foreach (var path in (string[])["/", "/security", "/security/authenticator", "/security/backup-codes", "/security/remove", "/security/verify"])
        {
            await Visitor.GoAsync(path);
            Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"), path);
        }
    }

    [Test]
    public async Task After_signing_in_one_is_where_one_wanted_to_go_but_never_on_another_site()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.GoAsync("/security");
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(phone.Code());
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Security");

        foreach (var elsewhere in (string[])["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"])
        {
            await Visitor.SignOutAsync();
            await Visitor.GoAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(elsewhere)}");
            await Visitor.EnterPasswordAsync(DemoAccounts.All[1]);
            await Visitor.ShouldBeSignedInAsync("Password only");
            Assert.That(new Uri(Page.Url).Authority, Is.EqualTo(App.Address.Authority), elsewhere);
        }
    }

    [Test, Attack(36)]
    public async Task An_unknown_address_and_a_wrong_password_read_the_same()
    {
        await Visitor.EnterPasswordAsync(password: "not the password");
        var known = await Page.Locator("main [role=alert]").AllInnerTextsAsync();
        await Visitor.EnterPasswordAsync(new("", "nobody@example.com", "not the password"));
        var unknown = await Page.Locator("main [role=alert]").AllInnerTextsAsync();

        Assert.That(known, Has.Count.EqualTo(1));
        Assert.That(unknown, Is.EqualTo(known));
    }

    /// <summary>A well-formed code that is not right, nor near enough for a clock hint.</summary>
    internal static string Wrong(Authenticator phone, int days) => phone.Code(TimeSpan.FromDays(days));
}
