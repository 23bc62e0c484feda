using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>Changing what an organisation demands.</summary>
public sealed class SecuritySettingsTests : AdministrationTest
{
    [Test, Feature("A2"), Feature("A6")]
    public async Task Phases_are_kept_as_they_were_saved_and_turning_a_rule_off_keeps_its_start()
    {
        var martin = await ProtectedAsync(Martin);
        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "Group “administrators”", "Required", "3");
        await Phase(martin, "Group “administrators”").GetByLabel("Starts (UTC)").FillAsync("2031-05-01T08:30");
        await SetRuleAsync(martin, "All users", "Required", "14");
        await Phase(martin, "All users").GetByLabel("Starts (UTC)").FillAsync("2031-05-15T08:30");
        await martin.PressAsync("Save");
        await martin.ShouldReadAsync("Version 1.");
        await Assertions.Expect(Phase(martin, "Group “administrators”").GetByLabel("Grace period (days)")).ToHaveValueAsync("3");
        await SetRuleAsync(martin, "Group “administrators”", "Off");
        await martin.PressAsync("Save");

        await martin.ShouldReadAsync("Version 2.");
        await Assertions.Expect(Phase(martin, "Group “administrators”").GetByLabel("2FA")).ToHaveValueAsync("Off");
        await Assertions.Expect(Phase(martin, "Group “administrators”").GetByLabel("Starts (UTC)")).ToHaveValueAsync("2031-05-01T08:30");
        await Assertions.Expect(Phase(martin, "All users").GetByLabel("Starts (UTC)")).ToHaveValueAsync("2031-05-15T08:30");
        await OpenUserAsync(martin, Bob);
        await martin.ShouldReadAsync("Has not begun yet.");
    }

    [Test, Feature("A2")]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_saved()
    {
        var martin = await ProtectedAsync(Martin);
        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "All users", "Required", "366");
        await martin.Page.GetByLabel("Trust a device for (days)").FillAsync("91");
        foreach (var client in (string[])["Web browser", "Desktop app"]) await martin.Page.GetByLabel(client).UncheckAsync();
        await martin.PressAsync("Save");
        await Assertions.Expect(Phase(martin, "All users").GetByLabel("Grace period (days)")).ToHaveAccessibleDescriptionAsync("It is 366 days; it must be from 0 to 365.");
        await martin.ShouldReadAsync("it must be from 7 to 90");
        await martin.ShouldReadAsync("At least one known client");
        await martin.ScreenshotAsync("security-settings-errors");

        await SetRuleAsync(martin, "All users", "Required", "a week");
        await Phase(martin, "All users").GetByLabel("Starts (UTC)").EvaluateAsync("field => { field.type = 'text'; field.value = 'tomorrow'; }");
        await martin.PressAsync("Save");
        await martin.ShouldReadAsync("Enter a whole number of days, 0 to 365.");
        await martin.ShouldReadAsync("Enter a date and time");
        await martin.GoAsync("/admin/larkspur/security");
        await martin.ShouldReadAsync("Nothing was set yet.");
    }

    [Test, Feature("A2")]
    public async Task Of_two_administrators_who_save_at_once_the_second_sees_what_the_first_saved_and_may_replace_it()
    {
        var (martin, petra) = (await ProtectedAsync(Martin), await ProtectedAsync(Petra));
        await martin.GoAsync("/admin/larkspur/security");
        await petra.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(petra, "Group “staff”", "Required", "21");
        await petra.PressAsync("Save");
        await petra.ShouldReadAsync("The security settings are saved.");
        await SetRuleAsync(martin, "Group “managers”", "Required", "5");
        await martin.PressAsync("Save");

        await martin.ShouldReadAsync("Somebody else saved these settings meanwhile");
        await martin.ShouldReadAsync("21 days of grace");
        await martin.ShouldReadAsync("5 days of grace");
        await martin.ScreenshotAsync("security-settings-conflict");
        await martin.PressAsync("Save mine instead");
        await martin.ShouldReadAsync("The security settings are saved.");
        await Assertions.Expect(Phase(martin, "Group “managers”").GetByLabel("2FA")).ToHaveValueAsync("Enforce");
        await Assertions.Expect(Phase(martin, "Group “staff”").GetByLabel("2FA")).ToHaveValueAsync("Off");
    }

    [Test, Feature("B5")]
    public async Task Exclusive_single_sign_on_is_refused_while_members_use_a_second_factor_and_names_them_and_the_other_way_round()
    {
        var martin = await ProtectedAsync(Martin);
        await EnrolAsync(Alice);
        await martin.GoAsync("/admin/larkspur/security");
        await martin.Page.GetByLabel("Single sign-on").SelectOptionAsync("SsoExclusive");
        await martin.PressAsync("Save");
        await martin.ShouldReadAsync("2 members still use two-factor authentication.");
        await Assertions.Expect(martin.Page.Locator(".people li")).ToHaveTextAsync(["Alice Adler", "Martin Vale"]);
        await martin.ScreenshotAsync("security-settings-sso-refused");

        await SetRuleAsync(martin, "All users", "Required", "7");
        await martin.PressAsync("Save");
        await martin.ShouldReadAsync("Single sign-on and a required second factor exclude each other");
    }

    [Test, Feature("B8"), Feature("C9"), Feature("X10")]
    public async Task Turning_it_off_unregisters_nobody_and_the_audit_log_shows_it_all_with_a_chain_that_verifies()
    {
        var martin = await ProtectedAsync(Martin);
        await RequireAsync(martin, "larkspur", "Group “managers”", "0");
        await Visitor.EnterPasswordAsync(Bob);
        var (phone, _) = await Visitor.SetUpAsync();
        await Visitor.FollowAsync("I have saved my codes");
        await Visitor.SignOutAsync();
        await martin.GoAsync("/admin/larkspur/security");
        await SetRuleAsync(martin, "Group “managers”", "Off");
        await martin.PressAsync("Save");
        App.NextStep();
        await Visitor.EnterPasswordAsync(Bob);
        await Visitor.SubmitCodeAsync(phone.Code());
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");

        var oscar = await ProtectedAsync(Oscar);
        await oscar.GoAsync("/admin/larkspur/audit");
        foreach (var name in (string[])["mfa_policy_changed", "mfa_setup_succeeded", "sign_in_succeeded"]) await oscar.ShouldReadAsync(name);
        await oscar.ScreenshotAsync("audit-log");
        await oscar.Page.GetByLabel("User's e-mail").FillAsync(Bob.Email);
        await oscar.Page.GetByLabel("Event", new() { Exact = true }).SelectOptionAsync("mfa_setup_succeeded");
        await oscar.PressAsync("Filter");
        await Assertions.Expect(oscar.Page.Locator("table.data tbody tr")).ToHaveCountAsync(1);
        await oscar.GoAsync("/admin/larkspur/audit?Until=2001-01-01");
        await oscar.ShouldReadAsync("No events match.");
        await oscar.GoAsync("/admin/larkspur/audit?From=yesterday&Email=dmitri@partner.example&After=x");
        await oscar.ShouldReadAsync("Enter a day.");
        await oscar.ShouldReadAsync("Nobody of Larkspur Ltd has this address.");
        await oscar.GoAsync("/admin/larkspur/audit");
        await oscar.PressAsync("Verify chain");
        await oscar.ShouldReadAsync("The audit log is whole");

        await TamperAsync();
        await oscar.PressAsync("Verify chain");
        await oscar.ShouldReadAsync("The audit log was tampered with");
        await oscar.ShouldReadAsync("First break: Bob Brandt, event");
        await oscar.ScreenshotAsync("audit-log-tampered");
    }

    private async Task TamperAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={new Web.Hosting.DataFolder(App.DataFolder).Database}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE two_factor_audit_events SET occurred_at = occurred_at - 60000 WHERE name = 'mfa_setup_succeeded' AND subject = $bob";
        command.Parameters.AddWithValue("$bob", await IdOfAsync(Bob));
        Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(1));
    }
}
