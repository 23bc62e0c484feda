using Microsoft.Playwright;
using TwoFactor.Sample.Web.Data;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>Several people, each in a browser of his own.</summary>
public abstract class AdministrationTest : BrowserTest
{
    protected static DemoAccount Alice => Account("alice@example.com");

    protected static DemoAccount Bob => Account("bob@example.com");

    protected static DemoAccount Martin => Account("martin@example.com");

    protected static DemoAccount Harriet => Account("harriet@example.com");

    protected static DemoAccount Oscar => Account("oscar@example.com");

    protected static DemoAccount Petra => Account("petra@example.com");

    protected static DemoAccount Carla => Account("carla@example.com");

    protected static DemoAccount Felix => Account("felix@fernhill.example");

    protected static DemoAccount Dmitri => Account("dmitri@partner.example");

    /// <summary>Signed in by password, who has no authenticator.</summary>
    protected async Task<Visitor> SignedInAsync(DemoAccount account)
    {
        var visitor = await VisitorAsync();
        await visitor.EnterPasswordAsync(account);
        await visitor.ShouldBeSignedInAsync("Password only");
        return visitor;
    }

    /// <summary>Signed in by password and code just now, as the administration asks for.</summary>
    protected async Task<Visitor> ProtectedAsync(DemoAccount account)
    {
        var (phone, _) = await EnrolAsync(account);
        var visitor = await VisitorAsync();
        await visitor.EnterPasswordAsync(account);
        await visitor.SubmitCodeAsync(phone.Code());
        await visitor.ShouldBeSignedInAsync("Password and authenticator app");
        return visitor;
    }

    /// <summary>What a rule of the security settings asks; the page must be open.</summary>
    protected static async Task SetRuleAsync(Visitor administrator, string rule, string mode, string? graceDays = null)
    {
        var phase = Phase(administrator, rule);
        await phase.GetByLabel("2FA").SelectOptionAsync(new SelectOptionValue { Label = mode });
        if (graceDays is not null) await phase.GetByLabel("Grace period (days)").FillAsync(graceDays);
    }

    protected static ILocator Phase(Visitor administrator, string rule) =>
        administrator.Page.GetByRole(AriaRole.Group, new() { Name = rule, Exact = true });

    /// <summary>Sets a rule of an organisation and saves.</summary>
    protected static async Task RequireAsync(Visitor administrator, string organization, string rule, string graceDays)
    {
        await administrator.GoAsync($"/admin/{organization}/security");
        await SetRuleAsync(administrator, rule, "Required", graceDays);
        await administrator.PressAsync("Save");
        await administrator.ShouldReadAsync("The security settings are saved.");
    }

    /// <summary>Opens the details of a user, found by search.</summary>
    protected static async Task OpenUserAsync(Visitor administrator, DemoAccount account, string organization = "larkspur")
    {
        await administrator.GoAsync($"/admin/{organization}/users");
        await administrator.Page.GetByLabel("Name or e-mail").FillAsync(account.Email[..account.Email.IndexOf('@', StringComparison.Ordinal)]);
        await administrator.PressAsync("Search");
        await administrator.FollowAsync(account.Name);
        await administrator.ShouldHaveHeadingAsync(account.Name);
    }

    /// <summary>Fills and sends one of the forms on a user's page.</summary>
    protected static async Task ActAsync(Visitor administrator, string form, string button, params (string Label, string Text)[] fields)
    {
        var details = administrator.Page.Locator("details", new() { Has = administrator.Page.Locator("summary", new() { HasTextString = form }) });
        if (await details.GetAttributeAsync("open") is null) await details.Locator("summary").ClickAsync();
        foreach (var (label, text) in fields) await details.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        await details.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>The names in the user list as it is shown.</summary>
    protected static async Task<IReadOnlyList<string>> NamesAsync(Visitor administrator) =>
        await administrator.Page.Locator("table.data tbody td:first-child a").AllInnerTextsAsync();

    private static DemoAccount Account(string email) => DemoAccounts.All.Single(account => account.Email == email);
}
