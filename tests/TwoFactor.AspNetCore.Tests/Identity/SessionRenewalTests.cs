using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>What a code inside a session writes into its cookie: the new proof and nothing else, and none for a session that is over.</summary>
internal sealed class SessionRenewalTests
{
    private const string Ada = "ada@example.org";

    [Test]
    public async Task What_a_claims_transformation_adds_is_not_written_into_the_cookie()
    {
        await using var app = await IdentityApp.StartAsync(
            services: services => services.AddTransient<IClaimsTransformation, RolesOfTheDay>(),
            endpoints: routes => routes.MapGet("/roles", (HttpContext context) => $"{context.User.Claims.Count(claim => claim.Type == ClaimTypes.Role)}"));
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        await browser.SetUpAsync();
        Assert.That((await browser.OpenAsync("/proved")).Html, Is.EqualTo("proved"), "The session has been renewed.");
        Assert.That((await browser.OpenAsync("/roles")).Html, Is.EqualTo("1"), "That of this request alone.");
    }

    [Test]
    [Attack(19)]
    public async Task A_session_that_a_reset_has_ended_meanwhile_does_not_live_on_by_a_new_authenticator()
    {
        await using var app = await IdentityApp.StartAsync(endpoints: Map);
        var user = await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        await browser.SetUpAsync();
        var epoch = (await app.StatusAsync(user)).Epoch;
        Assert.That((await browser.OpenAsync("/reset-and-set-up")).Html, Is.EqualTo("True"));
        var status = await app.StatusAsync(user);
        Assert.That((status.IsEnrolled, status.Epoch), Is.EqualTo((true, epoch + 1)), "The reset alone has raised it.");
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
    }

    // The reset comes in the middle of a request whose session was valid at its start.
    private static void Map(WebApplication app) => app.MapGet(
        "/reset-and-set-up", async (UserManager<IdentityUser> users, AdministrationService administration, TimeProvider time) =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            await administration.ResetAsync(new UserId(IdentityApp.Admin), new UserId(user.Id), "lost phone", "recognised on a call");
            await users.ResetAuthenticatorKeyAsync(user);
            var phone = new Authenticator((await users.GetAuthenticatorKeyAsync(user))!);
            return $"{await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, phone.CodeAt(time.GetUtcNow()))}";
        });

    private sealed class RolesOfTheDay : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var changed = principal.Clone();
            changed.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, "on call")]));
            return Task.FromResult(changed);
        }
    }
}
