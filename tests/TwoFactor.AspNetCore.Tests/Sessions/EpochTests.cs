using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Sessions;

/// <summary>Sessions end everywhere when the second factor is removed, reset or replaced.</summary>
public class EpochTests
{
    [Test]
    [Feature("B11")]
    public async Task Removing_the_authenticator_signs_out_here_at_once_and_everywhere_at_the_next_request()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var bob = await app.EnrolAsync("bob");
        var (here, there, other) = (await app.SignInAsync(ann), await app.SignInAsync(ann), await app.SignInAsync(bob));
        await here.PostAsync("/step-up", ("code", app.Code(ann)));

        Assert.That((await here.PostAsync("/remove")).Kind, Is.EqualTo("Removed"));

        Assert.That(here.Cookies, Is.Empty);
        Assert.That((await there.GetAsync("/ended")).Kind, Is.EqualTo("Ended"), "a page can say why");
        Assert.That(there.Cookies, Is.Empty, "the cookie is deleted");
        Assert.That((await there.GetAsync("/me")).Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await other.GetAsync("/me")).Kind, Is.EqualTo("Session"), "nobody else is signed out");
    }

    [Test]
    [Feature("B11")]
    public async Task A_new_authenticator_keeps_this_session_and_ends_the_others()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var (here, there) = (await app.SignInAsync(ann), await app.SignInAsync(ann));
        var copy = here.Copy();
        var offer = await here.PostAsync("/set-up");
        var phone = Phone.Scan(offer.Text("uri")!);

        var confirmed = await here.PostAsync("/set-up/confirm", ("ticket", offer.Text("ticket")), ("code", phone.CodeAt(app.Now)), ("returnUrl", "/done"));

        Assert.That((confirmed.Kind, confirmed.Text("returnUrl"), confirmed.Text("signedIn")), Is.EqualTo(("Confirmed", "/done", "True")));
        var me = await here.GetAsync("/me");
        Assert.That((me.Kind, me.Text("epoch"), me.Text("name")), Is.EqualTo(("Session", "1", "Name of ann")));
        Assert.That((await there.GetAsync("/me")).Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await copy.GetAsync("/me")).Status, Is.EqualTo(HttpStatusCode.Found), "the cookie of before is dead, too");
    }

    [Test]
    public async Task A_first_authenticator_ends_no_session()
    {
        await using var app = await WebApp.StartAsync();
        var (here, there) = (app.NewBrowser(), app.NewBrowser());
        await here.PostAsync("/sign-in", ("user", "ann"));
        await there.PostAsync("/sign-in", ("user", "ann"));
        var offer = await here.PostAsync("/set-up");
        await here.PostAsync("/set-up/confirm", ("ticket", offer.Text("ticket")), ("code", Phone.Scan(offer.Text("uri")!).CodeAt(app.Now)));

        Assert.That((await here.GetAsync("/me")).Kind, Is.EqualTo("Session"));
        Assert.That((await there.GetAsync("/me")).Kind, Is.EqualTo("Session"));
    }

    [Test]
    public async Task A_store_that_fails_lets_nobody_in()
    {
        await using var app = await WebApp.StartAsync();
        var browser = await app.SignInAsync(await app.EnrolAsync("ann"));
        app.Store.Fault = new InvalidOperationException("The database is away.");

        Assert.That((await browser.GetAsync("/me")).Status, Is.EqualTo(HttpStatusCode.InternalServerError));

        app.Store.Fault = null;
        Assert.That((await browser.GetAsync("/me")).Kind, Is.EqualTo("Session"), "the fault ended no session");
    }

    [Test]
    public async Task The_applications_own_events_run_before_the_check_however_they_were_given()
    {
        var seen = new List<string>();
        foreach (var byType in new[] { false, true })
        {
            seen.Clear();
            await using var app = await WebApp.StartAsync(
                cookie: options =>
                {
                    if (byType) options.EventsType = typeof(OwnEvents);
                    else options.Events = new OwnEvents(seen);
                },
                services: services => services.AddSingleton(new OwnEvents(seen)));
            var ann = await app.EnrolAsync("ann");
            var (here, there) = (await app.SignInAsync(ann), await app.SignInAsync(ann));
            Assert.That(seen, Does.Contain("signing-in"));
            seen.Clear();
            await here.GetAsync("/me");
            Assert.That(seen, Is.EqualTo(new[] { "validate" }));
            await here.PostAsync("/step-up", ("code", app.Code(ann)));
            await here.PostAsync("/remove");

            var answer = await there.GetAsync("/me");

            Assert.That(answer.Location, Is.EqualTo("/own-sign-in"));
        }
    }

    [Test]
    public async Task Every_scheme_that_is_named_is_checked()
    {
        await using var app = await WebApp.StartAsync(
            web: options => options.OtherSessionSchemes.Add("Second"),
            services: services => services.AddAuthentication().AddCookie("Second", options => options.Cookie.Name = "second"),
            map: app =>
            {
                app.MapPost("/second", (HttpContext context) => context.SignInAsync("Second", context.User)).RequireAuthorization();
                app.MapGet("/second", async (HttpContext context) => (await context.AuthenticateAsync("Second")).Succeeded ? "in" : "out");
            });
        var ann = await app.EnrolAsync("ann");
        var (here, there) = (await app.SignInAsync(ann), await app.SignInAsync(ann));
        await there.PostAsync("/second");
        Assert.That((await there.GetAsync("/second")).Body, Is.EqualTo("in"));
        await here.PostAsync("/step-up", ("code", app.Code(ann)));
        await here.PostAsync("/remove");

        Assert.That((await there.GetAsync("/second")).Body, Is.EqualTo("out"));
    }

    [Test]
    public async Task Signing_in_past_the_package_is_misuse_and_is_told()
    {
        await using var app = await WebApp.StartAsync(map: app => app.MapPost("/bare", (HttpContext context) =>
            context.SignInAsync(WebApp.Scheme, new(new System.Security.Claims.ClaimsIdentity([new("sub", "ann")], "x")))));

        var answer = await app.NewBrowser().PostAsync("/bare");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(app.Logs.Entries.Any(e => e.Text.Contains("Sign users in through WebSignIn.BeginAsync", StringComparison.Ordinal)));
    }

    [Test]
    public async Task What_a_transformation_adds_to_a_request_is_not_written_into_the_session()
    {
        var badge = new Badge();
        await using var app = await WebApp.StartAsync(
            services: services => services.AddSingleton<IClaimsTransformation>(badge),
            map: app => app.MapGet("/badge", (HttpContext context) => context.User.HasClaim("badge", "gold") ? "yes" : "no").RequireAuthorization());
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        Assert.That((await browser.GetAsync("/badge")).Body, Is.EqualTo("yes"));
        await browser.PostAsync("/step-up", ("code", app.Code(ann)));
        badge.Given = false;

        Assert.That((await browser.GetAsync("/badge")).Body, Is.EqualTo("no"));
    }

    [Test]
    public async Task A_fresh_proof_does_not_make_the_session_longer()
    {
        await using var app = await WebApp.StartAsync(cookie: options => (options.ExpireTimeSpan, options.SlidingExpiration) = (TimeSpan.FromHours(1), false));
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        app.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.That((await browser.PostAsync("/step-up", ("code", app.Code(ann)))).Kind, Is.EqualTo("Proved"));
        Assert.That((await browser.GetAsync("/me")).Kind, Is.EqualTo("Session"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.That((await browser.GetAsync("/me")).Status, Is.EqualTo(HttpStatusCode.Found));
    }

    private sealed class Badge : IClaimsTransformation
    {
        public bool Given { get; set; } = true;

        public Task<System.Security.Claims.ClaimsPrincipal> TransformAsync(System.Security.Claims.ClaimsPrincipal principal)
        {
            var clone = principal.Clone();
            if (Given) clone.AddIdentity(new System.Security.Claims.ClaimsIdentity([new("badge", "gold")]));
            return Task.FromResult(clone);
        }
    }

    private sealed class OwnEvents(List<string> seen) : CookieAuthenticationEvents
    {
        public override Task ValidatePrincipal(CookieValidatePrincipalContext context)
        {
            seen.Add("validate");
            return Task.CompletedTask;
        }

        public override Task SigningIn(CookieSigningInContext context)
        {
            seen.Add("signing-in");
            return Task.CompletedTask;
        }

        public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
        {
            context.Response.Redirect("/own-sign-in");
            return Task.CompletedTask;
        }
    }
}
