using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.SignIn;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>A host with a step-up page: Identity's pages send the user there, and the proof it gives is theirs.</summary>
internal sealed class StepUpPageTests
{
    private const string Ada = "ada@example.org";

    [Test]
    public async Task A_page_of_Identity_leads_to_the_step_up_page_and_takes_its_proof()
    {
        await using var app = await IdentityApp.StartAsync(web: options => options.StepUpPath = "/step-up", endpoints: Map);
        var user = await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, old) = await browser.SetUpAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await browser.ManageAsync("GenerateRecoveryCodes", []);
        Assert.That(page.Path, Is.EqualTo("/step-up?returnUrl=%2FIdentity%2FAccount%2FManage%2FGenerateRecoveryCodes"));
        Assert.That((await app.StatusAsync(user)).BackupCodesGeneratedAt, Is.LessThan(app.Now));
        Assert.That((await browser.OpenAsync($"{page.Path}&code={phone.CodeAt(app.Now)}")).Html, Is.EqualTo("Proved"));
        var codes = Browser.RecoveryCodesOf(await browser.ManageAsync("GenerateRecoveryCodes", []));
        Assert.That(codes, Has.Length.EqualTo(10));
        Assert.That(codes.Intersect(old), Is.Empty);
    }

    private static void Map(WebApplication app) => app.MapGet(
        "/step-up",
        async (HttpContext context, WebSignIn signIn, string? code, string? returnUrl) =>
            code is null ? "code?" : (await signIn.StepUpAsync(context, MfaFactorType.Totp, code, returnUrl)).GetType().Name).RequireAuthorization();
}
