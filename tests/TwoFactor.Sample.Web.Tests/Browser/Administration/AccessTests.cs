using TwoFactor.Sample.Web.Data;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser.Administration;

/// <summary>Who does not get in, and that it is recorded.</summary>
[Feature("B1")]
public sealed class AccessTests : AdministrationTest
{
    private static readonly string[] Pages = ["", "/security", "/users", "/audit"];

    private static readonly string[] Handlers = ["Unlock", "Reset", "Unregister", "Extend", "Exempt"];

    protected override bool MayLogRefusals => true;

    [Test]
    public async Task A_member_without_a_role_gets_no_administrative_page_and_no_post_through()
    {
        var bob = await IdOfAsync(Bob);
        var alice = await ProtectedAsync(Alice);
        foreach (var page in Pages.Append($"/users/{bob}")) Assert.That(await StatusAsync(alice, $"/admin/larkspur{page}"), Is.EqualTo(403), page);
        Assert.That(await StatusAsync(alice, "/admin/nowhere/users"), Is.EqualTo(404));
        await alice.GoAsync("/");
        await Microsoft.Playwright.Assertions.Expect(alice.Page.GetByText("Administration")).ToHaveCountAsync(0);
        foreach (var handler in Handlers) Assert.That(await PostAsync(alice, $"/admin/larkspur/users/{bob}?handler={handler}"), Is.EqualTo(403), handler);
        Assert.That(await PostAsync(alice, "/admin/larkspur/audit?handler=Verify"), Is.EqualTo(403));
        Assert.That(await PostAsync(alice, "/admin/larkspur/security"), Is.EqualTo(403));

        var oscar = await ProtectedAsync(Oscar);
        await oscar.GoAsync("/admin/larkspur/audit?Event=mfa_administration_denied&Email=" + Alice.Email);
        await oscar.ShouldReadAsync("action: ChangePolicy · reason: NotAuthorized");
        await oscar.ShouldReadAsync("action: ReadUsers · reason: NotAuthorized");
    }

    [Test]
    public async Task Each_role_has_its_pages_and_no_others_and_none_reaches_into_another_organisation()
    {
        await ExpectAsync(Harriet, "larkspur", (403, "/security"), (200, "/users"), (403, "/audit"));
        var oscar = await ExpectAsync(Oscar, "larkspur", (200, "/security"), (200, "/users"), (200, "/audit"));
        await oscar.GoAsync("/admin/larkspur/audit");
        var martin = await ExpectAsync(Martin, "larkspur", (200, "/security"), (200, "/users"), (200, "/audit"));
        foreach (var page in (string[])["/security", "/users", "/audit"]) Assert.That(await StatusAsync(martin, $"/admin/fernhill{page}"), Is.EqualTo(403), page);
        Assert.That(await PostAsync(oscar, "/admin/larkspur/security", ("Form.AfterGrace", "Deny"), ("Form.Sso", "Off"), ("Form.Clients", "Browser")), Is.EqualTo(403));
        var felix = await IdOfAsync(Felix);
        Assert.That(await StatusAsync(martin, $"/admin/larkspur/users/{felix}"), Is.EqualTo(404));
        await martin.GoAsync("/");
        Assert.That(await PostAsync(martin, $"/admin/larkspur/users/{felix}?handler=Unlock"), Is.EqualTo(404));
        Assert.That(await StatusAsync(martin, "/admin/larkspur/users/not-an-id"), Is.EqualTo(404));

        async Task<Visitor> ExpectAsync(DemoAccount account, string organization, params (int Status, string Page)[] pages)
        {
            var visitor = await ProtectedAsync(account);
            foreach (var (status, page) in pages) Assert.That(await StatusAsync(visitor, $"/admin/{organization}{page}"), Is.EqualTo(status), $"{account.Email} {page}");
            return visitor;
        }
    }

    [Test]
    public async Task A_shared_administrator_switches_between_organisations()
    {
        var petra = await ProtectedAsync(Petra);
        await petra.FollowAsync("Administration");
        await petra.FollowAsync("Larkspur Ltd");
        await petra.ShouldReadAsync("Nothing was set yet.");
        await petra.FollowAsync("Fernhill");
        await petra.ShouldReadAsync("Version 1.");
    }

    private static Task<int> PostAsync(Visitor visitor, string url, params (string Name, string Value)[] fields) => UserAdministrationTests.PostAsync(visitor, url, fields);

    private static async Task<int> StatusAsync(Visitor visitor, string path) => (await visitor.Page.GotoAsync(path))!.Status;
}
