using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Sample.Web.Data;
using TwoFactor.SignIn;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>What administrators do for users.</summary>
public sealed class UserAdministrationTests : AdministrationTest
{
    protected override bool MayLogRefusals => true;

    [Test, Feature("B4"), Feature("B9"), Feature("B1")]
    public async Task The_help_desk_finds_a_locked_user_by_search_and_unlocks_but_may_not_reset()
    {
        var martin = await ProtectedAsync(Martin);
        await martin.GoAsync("/admin/larkspur/security");
        await martin.Page.GetByLabel("Wrong codes and passwords").SelectOptionAsync("AdminUnlock");
        await martin.PressAsync("Save");
        var harriet = await ProtectedAsync(Harriet);
        var (phone, _) = await EnrolAsync(Bob);
        await Visitor.EnterPasswordAsync(Bob);
        for (var i = 1; i <= 3; i++) await Visitor.SubmitCodeAsync(SignInTests.Wrong(phone, i));
        await Visitor.ShouldReadAsync("An administrator has to unlock your account.");

        await harriet.GoAsync("/admin/larkspur/users");
        await harriet.Page.GetByLabel("Status").SelectOptionAsync("Locked");
        await harriet.PressAsync("Search");
        Assert.That(await NamesAsync(harriet), Is.EqualTo((string[])["Bob Brandt"]));
        await OpenUserAsync(harriet, Bob);
        await harriet.ShouldReadAsync("There were too many wrong codes.");
        await harriet.ScreenshotAsync("user-locked");
        await Assertions.Expect(harriet.Page.GetByText("Reset 2FA")).ToHaveCountAsync(0);

        Assert.That(await PostAsync(harriet, "?handler=Reset", ("Reason", "Because"), ("IdentityVerification", "None")), Is.EqualTo(403));
        Assert.That(await PostAsync(harriet, "?handler=Exempt", ("Reason", "Because"), ("Days", "3")), Is.EqualTo(403));
        await OpenUserAsync(harriet, Bob);
        await ActAsync(harriet, "Unlock", "Unlock", ("Reason (optional)", "Called from his desk"));
        await harriet.ShouldReadAsync("The account is unlocked.");
        await harriet.ShouldReadAsync("10 codes left, generated");

        App.NextStep();
        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
    }

    [Test, Feature("A8"), Feature("A9"), Feature("A12")]
    public async Task A_reset_needs_a_reason_and_a_verified_identity_and_the_user_sets_up_anew_with_new_codes()
    {
        var martin = await ProtectedAsync(Martin);
        await RequireAsync(martin, "larkspur", "All users", "0");
        await Visitor.EnterPasswordAsync(Alice);
        var (oldPhone, oldCodes) = await Visitor.SetUpAsync();
        await Visitor.FollowAsync("I have saved my codes");

        await OpenUserAsync(martin, Alice);
        await martin.ShouldReadAsync("10 codes left, generated");
        Assert.That(await martin.Page.ContentAsync(), Does.Not.Contain(oldCodes[0]).And.Not.Contain(oldPhone.Secret));
        await ActAsync(martin, "Reset 2FA", "Reset 2FA");
        await martin.ShouldReadAsync("Give a reason");
        await ActAsync(martin, "Reset 2FA", "Reset 2FA", ("Reason", "Lost her phone"));
        await martin.ShouldReadAsync("Say how you verified who it is");
        await martin.ScreenshotAsync("user-reset-errors");
        await Visitor.GoAsync("/");
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");

        await ActAsync(martin, "Reset 2FA", "Reset 2FA", ("Reason", "Lost her phone"), ("How you verified the identity", "Video call, staff card"));
        await martin.ShouldReadAsync("Two-factor authentication was reset.");
        await martin.ShouldReadAsync("Not generated");
        await martin.ScreenshotAsync("user-after-reset");
        await Visitor.GoAsync("/");
        Assert.That(Visitor.Path, Is.EqualTo("/account/sign-in"), "the reset ends the session");

        await Visitor.EnterPasswordAsync(Alice);
        await Visitor.ShouldReadAsync("Larkspur Ltd requires two-factor authentication");
        var (newPhone, newCodes) = await Visitor.SetUpAsync("set-up-after-reset");
        await Visitor.FollowAsync("I have saved my codes");
        Assert.That(newPhone.Secret, Is.Not.EqualTo(oldPhone.Secret));
        Assert.That(newCodes.Intersect(oldCodes), Is.Empty);
        await Visitor.SignOutAsync();
        App.NextStep();
        await Visitor.EnterPasswordAsync(Alice);
        await Visitor.SubmitCodeAsync(oldPhone.Code());
        await Visitor.ShouldReadAsync("That code is not right.");
        await Visitor.FollowAsync("Backup code");
        await Visitor.SubmitCodeAsync(oldCodes[0]);
        await Visitor.ShouldReadAsync("That code is not right.");
        await Visitor.SubmitCodeAsync(newCodes[0]);
        await Visitor.ShouldBeSignedInAsync("Password and backup code");

        await martin.GoAsync("/admin/larkspur/audit?Event=mfa_reset");
        await martin.ShouldReadAsync("reason: Lost her phone");
        await martin.ShouldReadAsync("identity verification: Video call, staff card");
    }

    [Test, Feature("A10"), Feature("B9")]
    public async Task The_user_list_shows_each_status_and_filters_sorts_and_pages_by_it()
    {
        var martin = await ProtectedAsync(Martin);
        await RequireAsync(martin, "larkspur", "Group “managers”", "7");
        await EnrolAsync(Alice);

        await martin.GoAsync("/admin/larkspur/users");
        string[] byName = ["Alice Adler", "Bob Brandt", "Carla Nunes", "Harriet Dale", "Martin Vale", "Nina Park", "Oscar Reyes", "Petra Wynn"];
        Assert.That(await NamesAsync(martin), Is.EqualTo(byName));
        await Assertions.Expect(Row(martin, "Alice Adler").Locator(".badge")).ToHaveTextAsync("On");
        await Assertions.Expect(Row(martin, "Bob Brandt").Locator(".badge")).ToHaveTextAsync("In grace period");
        await Assertions.Expect(Row(martin, "Carla Nunes").Locator(".badge")).ToHaveTextAsync("Off");
        await martin.ScreenshotAsync("users");

        await martin.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(martin.Page.Locator("th[aria-sort=descending]")).ToHaveCountAsync(1);
        Assert.That(await NamesAsync(martin), Is.EqualTo(byName.Reverse()));
        await martin.Page.GetByRole(AriaRole.Columnheader, new() { Name = "2FA status" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(martin.Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("2FA status");
        Assert.That((await NamesAsync(martin)).TakeLast(2), Is.EquivalentTo((string[])["Alice Adler", "Martin Vale"]));
        await martin.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Previous sign-in" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(martin.Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("Previous sign-in");

        await FilterAsync("2FA", "enabled", "Alice Adler", "Martin Vale");
        await FilterAsync("2FA", "disabled", [.. byName.Except(["Alice Adler", "Martin Vale"])]);
        await FilterAsync("Status", "InGrace", "Bob Brandt");
        await martin.GoAsync("/admin/larkspur/users?Search=" + Uri.EscapeDataString("<script>"));
        await martin.ShouldReadAsync("No user matches.");
        await martin.GoAsync("/admin/larkspur/users?Search=" + new string('x', 200));
        await martin.ShouldReadAsync("Search for up to 100 characters");
        await martin.GoAsync("/admin/larkspur/users?Sort=99&After=nonsense&Status=Nobody&Factor=maybe");
        Assert.That(await NamesAsync(martin), Is.EqualTo(byName));

        async Task FilterAsync(string label, string value, params string[] expected)
        {
            await martin.GoAsync("/admin/larkspur/users");
            await martin.Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(value);
            await martin.PressAsync("Search");
            Assert.That(await NamesAsync(martin), Is.EqualTo(expected), value);
        }
    }

    [Test, Feature("A10"), Feature("B9")]
    public async Task Long_lists_come_in_pages_without_gap_or_repetition()
    {
        var (users, members) = (App.Services.GetRequiredService<UserDirectory>(), App.Services.GetRequiredService<EntityFrameworkDirectory>());
        for (var i = 0; i < 35; i++)
        {
            var added = await users.AddAsync($"Zoe {i:00}", $"zoe{i:00}@example.com", null);
            await members.JoinAsync(new OrganizationId("larkspur"), added!.UserId, App.Clock.GetUtcNow());
        }

        var signIn = App.Services.GetRequiredService<SignInService>();
        for (var i = 0; i < 30; i++) await signIn.BeginAsync(new SignInRequest(new UserId(await IdOfAsync(Alice))));
        var oscar = await ProtectedAsync(Oscar);

        await oscar.GoAsync("/admin/larkspur/users");
        var seen = new List<string>(await NamesAsync(oscar));
        Assert.That(seen, Has.Count.EqualTo(20));
        await oscar.ScreenshotAsync("users-first-page");
        for (var page = 0; page < 2; page++)
        {
            await oscar.FollowAsync("Next page");
            await Assertions.Expect(oscar.Page.GetByText("First page")).ToBeVisibleAsync();
            seen.AddRange(await NamesAsync(oscar));
        }

        await Assertions.Expect(oscar.Page.GetByText("Next page")).ToHaveCountAsync(0);
        Assert.That(seen, Has.Count.EqualTo(43).And.Unique.And.Ordered);

        await oscar.GoAsync("/admin/larkspur/audit?Event=sign_in_succeeded&Email=alice@example.com");
        await Assertions.Expect(oscar.Page.Locator("table.data tbody tr")).ToHaveCountAsync(25);
        await oscar.FollowAsync("Older");
        await Assertions.Expect(oscar.Page.Locator("table.data tbody tr")).ToHaveCountAsync(5);
    }

    [Test, Feature("B10"), Feature("B12")]
    public async Task Who_is_unregistered_is_no_longer_asked_where_nothing_is_required_and_an_exemption_shows()
    {
        var martin = await ProtectedAsync(Martin);
        await EnrolAsync(Alice);
        await OpenUserAsync(martin, Alice);
        await martin.Page.Locator("summary", new() { HasTextString = "Unregister" }).ClickAsync();
        await martin.ShouldReadAsync("The entry in the app stays until the user deletes it.");
        await ActAsync(martin, "Unregister", "Unregister", ("Reason", "Changed phones"));
        await martin.ShouldReadAsync("The authenticator was unregistered.");
        await Visitor.EnterPasswordAsync(Alice);
        await Visitor.ShouldBeSignedInAsync("Password only");
        await ActAsync(martin, "Unregister", "Unregister", ("Reason", "Once more"));
        await martin.ShouldReadAsync("There is nothing to unregister");

        await ActAsync(martin, "Exempt for a while", "Exempt", ("For how many days", "400"), ("Reason", "On tour"));
        await martin.ShouldReadAsync("Enter 1 to 365 days.");
        await ActAsync(martin, "Exempt for a while", "Exempt", ("For how many days", "14"), ("Reason", "On tour"));
        await martin.ShouldReadAsync("The user is exempt for now.");
        await Assertions.Expect(martin.Page.Locator(".title-status .badge")).ToHaveTextAsync("Exempt");
    }

    [Test, Feature("B1")]
    public async Task An_administrator_without_a_second_factor_is_told_to_set_one_up_and_nobody_acts_on_himself_or_on_a_shared_user_alone()
    {
        var martin = await SignedInAsync(Martin);
        Assert.That(await PostAsync(martin, $"/admin/larkspur/users/{await IdOfAsync(Bob)}?handler=Unlock", ("Reason", "")), Is.EqualTo(403));
        await martin.FollowAsync("Administration");
        await martin.ShouldReadAsync("Protect your own account first");
        await martin.SetUpAsync();
        await martin.FollowAsync("I have saved my codes");
        Assert.That(martin.Path, Is.EqualTo("/admin/larkspur/security"), "back where he wanted to go");

        await OpenUserAsync(martin, Carla);
        await ActAsync(martin, "Reset 2FA", "Reset 2FA", ("Reason", "Lost her phone"), ("How you verified the identity", "Call"));
        await martin.ShouldReadAsync("Another organisation shares this user");
        await OpenUserAsync(martin, Martin);
        await martin.ShouldReadAsync("This is you.");
        Assert.That(await PostAsync(martin, "?handler=Unlock", ("Reason", "")), Is.EqualTo(403));
    }

    private static ILocator Row(Visitor administrator, string name) => administrator.Page.Locator("table.data tbody tr", new() { HasTextString = name });

    /// <summary>Posts a form that the page need not have, with the page's own antiforgery token; says the status of the answer.</summary>
    internal static Task<int> PostAsync(Visitor visitor, string url, params (string Name, string Value)[] fields) => visitor.Page.EvaluateAsync<int>(
        """
        async ([url, fields]) => {
          const body = new URLSearchParams(fields);
          body.append('__RequestVerificationToken', document.querySelector('input[name=__RequestVerificationToken]').value);
          return (await fetch(url, { method: 'POST', body, redirect: 'manual' })).status;
        }
        """,
        new object[] { url, fields.Select(field => new[] { field.Name, field.Value }).ToArray() });
}
