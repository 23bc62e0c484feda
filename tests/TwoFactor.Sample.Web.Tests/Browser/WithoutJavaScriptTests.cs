using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

public sealed class WithoutJavaScriptTests : BrowserTest
{
    [Test, Feature("A1"), Feature("A7"), Feature("B11")]
    public async Task Everything_but_copy_and_print_works_without_JavaScript()
    {
        var visitor = await VisitorAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var (phone, codes) = await EnrolAsync(visitor);
        await visitor.SignOutAsync();
        App.NextStep();
        await visitor.EnterPasswordAsync();
        await visitor.SubmitCodeAsync(phone.Code());
        await visitor.ShouldBeSignedInAsync("Password and authenticator app");
        await visitor.GoAsync("/security");
        await visitor.FollowAsync("Make new codes");
        await visitor.PressAsync("Make new codes");
        Assert.That((await visitor.BackupCodesAsync()).Intersect(codes), Is.Empty);
        await visitor.GoAsync("/security/remove");
        await visitor.PressAsync("Turn off and sign out");
        await visitor.ShouldReadAsync("Larkspur: alice@example.com");
    }

    private static async Task<(Authenticator Phone, string[] Codes)> EnrolAsync(Visitor visitor)
    {
        await visitor.EnterPasswordAsync();
        var enrolled = await visitor.EnrolAsync("no-script-scan");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" })).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToHaveCountAsync(0);
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.PressAsync("Download"));
        Assert.That(download.SuggestedFilename, Is.EqualTo("backup-codes.txt"));
        return enrolled;
    }
}
