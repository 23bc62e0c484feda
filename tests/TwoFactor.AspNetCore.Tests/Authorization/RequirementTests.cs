using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Authorization;

/// <summary>What a session must have shown, over a real port.</summary>
public class RequirementTests
{
    private static readonly string[] s_paths =
        ["/second-factor", "/second-factor/no-trust", "/second-factor/no-recovery", "/fresh", "/fresh/trust", "/fresh/no-recovery", "/attribute", "/attribute/any-age"];

    [TestCase("first-factor, no authenticator", "EEEEEEEE")]
    [TestCase("first-factor, authenticator since", "SSSSSSSS")]
    [TestCase("code, now", "++++++++")]
    [TestCase("code, a while ago", "+++SSSS+")]
    [TestCase("code, a while ago, stepped up", "++++++++")]
    [TestCase("backup code, now", "++S++S++")]
    [TestCase("trusted, factor a moment ago", "+S+S+SS+")]
    [TestCase("trusted, factor a while ago", "+S+SSSS+")]
    [TestCase("trusted, stepped up", "++++++++")]
    [TestCase("set up just now", "++++++++")]
    [TestCase("clock went back", "SSSSSSSS")]
    [Feature("X8")]
    public async Task Every_session_meets_what_it_has_shown(string session, string expected)
    {
        await using var app = await WebApp.StartAsync(core: options => options.TrustedDevices.Days = 30, map: Guarded.Map);
        var browser = await MakeAsync(app, session);

        var found = "";
        foreach (var path in s_paths)
        {
            var answer = await browser.GetAsync(path);
            found += answer.Status switch
            {
                HttpStatusCode.OK => "+",
                HttpStatusCode.Forbidden when answer.Text("code") == "step_up_required" => "S",
                HttpStatusCode.Forbidden when answer.Text("code") == "enrollment_required" => "E",
                _ => $"[{answer.Status}]",
            };
        }

        Assert.That(found, Is.EqualTo(expected), string.Join(' ', s_paths));
    }

    [Test]
    [Feature("X8")]
    public async Task A_proof_of_a_past_epoch_or_of_another_authenticator_satisfies_nothing_even_where_no_cookie_is_checked()
    {
        await using var app = await WebApp.StartAsync(
            services: services => services.AddAuthentication().AddCookie("Unchecked", options => options.Cookie.Name = "unchecked"),
            map: app =>
            {
                app.MapPost("/unchecked", (HttpContext context) => context.SignInAsync("Unchecked", context.User)).RequireAuthorization();
                app.MapGet("/unchecked", () => Results.Json(new { kind = "Open" }))
                    .RequireAuthorization(policy => policy.AddAuthenticationSchemes("Unchecked").RequireTwoFactor());
            });
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        await browser.PostAsync("/unchecked");
        Assert.That((await browser.GetAsync("/unchecked")).Kind, Is.EqualTo("Open"));
        var offer = await browser.PostAsync("/set-up");
        await browser.PostAsync("/set-up/confirm", ("ticket", offer.Text("ticket")), ("code", Phone.Scan(offer.Text("uri")!).CodeAt(app.Now)));

        Assert.That((await browser.GetAsync("/unchecked")).Status, Is.EqualTo(HttpStatusCode.Found), "the session is over: sign in");
    }

    [Test]
    public async Task A_page_goes_to_the_step_up_or_the_set_up_and_knows_the_way_back()
    {
        await using var app = await WebApp.StartAsync(
            web: options => (options.StepUpPath, options.SetupPath, options.ReturnUrlParameter) = ("/security/verify", "/security/authenticator", "back"),
            map: Guarded.Map);
        var ann = await app.EnrolAsync("ann");
        var enrolled = await app.SignInAsync(ann);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var bare = app.NewBrowser();
        await bare.PostAsync("/sign-in", ("user", "bob"));

        var stepUp = await enrolled.GetAsync("/fresh?tab=2&x=%2F", "text/html,application/xhtml+xml");
        Assert.That((stepUp.Status, stepUp.Location), Is.EqualTo((HttpStatusCode.Found, "/security/verify?back=%2Ffresh%3Ftab%3D2%26x%3D%252F")));
        Assert.That((await bare.GetAsync("/fresh", "text/html")).Location, Is.EqualTo("/security/authenticator?back=%2Ffresh"));
        var api = await enrolled.GetAsync("/fresh", "application/json");
        Assert.That((api.Status, api.MediaType, api.Text("code")), Is.EqualTo((HttpStatusCode.Forbidden, "application/problem+json", "step_up_required")));
        Assert.That((await enrolled.PostAsync("/step-up", ("code", app.Code(ann)), ("returnUrl", "/fresh?tab=2&x=%2F"))).Text("returnUrl"), Is.EqualTo("/fresh?tab=2&x=%2F"));
        Assert.That((await enrolled.GetAsync("/fresh?tab=2&x=%2F", "text/html")).Kind, Is.EqualTo("Open"));
    }

    [Test]
    [Feature("X8")]
    public async Task A_razor_page_asks_by_its_attribute_for_reading_and_for_posting()
    {
        await using var app = await WebApp.StartAsync(
            web: options => options.StepUpPath = "/verify",
            services: services => services.AddRazorPages().AddApplicationPart(typeof(Pages.PayoutsModel).Assembly),
            map: app => app.MapRazorPages());
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        Assert.That((await browser.GetAsync("/Payouts", "text/html")).Body, Does.Contain("Payouts of Name of ann"));
        app.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.That((await browser.GetAsync("/Payouts?month=3", "text/html")).Location, Is.EqualTo("/verify?returnUrl=%2FPayouts%3Fmonth%3D3"));
        Assert.That((await browser.SendAsync(HttpMethod.Post, "/Payouts", [], "text/html")).Location, Is.EqualTo("/verify?returnUrl=%2FPayouts"));
        Assert.That((await browser.SendAsync(HttpMethod.Post, "/Payouts", [], "application/json")).Text("code"), Is.EqualTo("step_up_required"));
        await browser.PostAsync("/step-up", ("code", app.Code(ann)));
        Assert.That((await browser.SendAsync(HttpMethod.Post, "/Payouts", [], "text/html")).Body, Is.EqualTo("paid"));
    }

    [Test]
    public async Task Without_a_page_to_go_to_a_page_gets_403_as_well()
    {
        await using var app = await WebApp.StartAsync(map: Guarded.Map);
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "bob"));

        Assert.That((await browser.GetAsync("/fresh", "text/html")).Text("code"), Is.EqualTo("enrollment_required"));
    }

    [Test]
    public async Task Nobody_is_sent_to_sign_in_and_who_lacks_a_role_is_not_sent_for_a_code()
    {
        await using var app = await WebApp.StartAsync(web: options => options.StepUpPath = options.SetupPath = "/security", map: Guarded.Map);
        Assert.That((await app.NewBrowser().GetAsync("/fresh", "text/html")).Location, Does.Contain("/Account/Login"));
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "bob"));

        Assert.That((await browser.GetAsync("/role", "text/html")).Location, Does.Contain("/Account/AccessDenied"));
    }

    [Test]
    public async Task A_store_that_fails_lets_nobody_in()
    {
        await using var app = await WebApp.StartAsync(map: Guarded.Map);
        var browser = await app.SignInAsync(await app.EnrolAsync("ann"));
        app.Store.Fault = new InvalidOperationException("The database is away.");

        Assert.That((await browser.GetAsync("/second-factor")).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task The_applications_own_handler_of_results_keeps_what_is_not_ours()
    {
        await using var app = await WebApp.StartAsync(
            map: Guarded.Map, first: services => services.AddSingleton<IAuthorizationMiddlewareResultHandler, Teapot>());
        var browser = app.NewBrowser();

        Assert.That((int)(await browser.GetAsync("/me")).Status, Is.EqualTo(418));
        await browser.PostAsync("/sign-in", ("user", "bob"));
        Assert.That((await browser.GetAsync("/me")).Kind, Is.EqualTo("Session"));
        Assert.That((await browser.GetAsync("/fresh")).Text("code"), Is.EqualTo("enrollment_required"));
    }

    [Test]
    public async Task Code_can_ask_by_itself_and_learn_why()
    {
        await using var app = await WebApp.StartAsync(map: app => app.MapGet("/ask", async (ClaimsPrincipal user, IAuthorizationService authorization) =>
        {
            var result = await authorization.AuthorizeAsync(user, null, new TwoFactorRequirement(Guarded.MaxAge, false, true));
            return Results.Json(new { kind = result.Failure?.FailureReasons.OfType<TwoFactorFailureReason>().Single().Denial.ToString() ?? "Yes" });
        }));
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        Assert.That((await browser.GetAsync("/ask")).Kind, Is.EqualTo("NoSession"));
        browser = await app.SignInAsync(ann);
        Assert.That((await browser.GetAsync("/ask")).Kind, Is.EqualTo("Yes"));
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.That((await browser.GetAsync("/ask")).Kind, Is.EqualTo("Stale"));
    }

    [TestCase(9)]
    [TestCase(86401)]
    public void A_fresh_proof_of_no_or_of_any_age_cannot_be_asked_for(int seconds) => Assert.That(
        () => new TwoFactorRequirement(TimeSpan.FromSeconds(seconds), false, false), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Two_sessions_in_one_principal_are_none()
    {
        var session = TwoFactorSession.AfterFirstFactor(new UserId("ann"), 0, SignInMethod.Password, ClientKind.Browser, DateTimeOffset.UnixEpoch);
        var (one, two, copied, anonymous) = (new ClaimsIdentity("a"), new ClaimsIdentity("b"), new ClaimsIdentity("c"), new ClaimsIdentity());
        session.WriteTo(one);
        session.WriteTo(two);
        session.WriteTo(anonymous);
        copied.AddClaim(new Claim(TwoFactorSession.ClaimType, one.Claims.Single().Value, null, "https://idp.example"));

        Assert.That(TwoFactorSession.Read(new ClaimsPrincipal(one)), Is.EqualTo(session));
        Assert.That(TwoFactorSession.Read(new ClaimsPrincipal([one, two])), Is.Null);
        Assert.That(TwoFactorSession.Read(new ClaimsPrincipal(copied)), Is.Null);
        Assert.That(TwoFactorSession.Read(new ClaimsPrincipal(anonymous)), Is.Null);
    }

    private static async Task<Browser> MakeAsync(WebApp app, string session)
    {
        if (session == "first-factor, no authenticator")
        {
            var bare = app.NewBrowser();
            await bare.PostAsync("/sign-in", ("user", "ann"));
            return bare;
        }

        if (session is "first-factor, authenticator since" or "set up just now")
        {
            var (one, two) = (app.NewBrowser(), app.NewBrowser());
            foreach (var browser in new[] { one, two }) await browser.PostAsync("/sign-in", ("user", "ann"));
            var offer = await one.PostAsync("/set-up");
            await one.PostAsync("/set-up/confirm", ("ticket", offer.Text("ticket")), ("code", Phone.Scan(offer.Text("uri")!).CodeAt(app.Now)));
            return session == "set up just now" ? one : two;
        }

        var ann = await app.EnrolAsync("ann");
        switch (session)
        {
            case "backup code, now":
                var recovered = app.NewBrowser();
                await recovered.PostAsync("/sign-in", ("user", "ann"));
                await recovered.PostAsync("/verify", ("code", ann.BackupCodes[3]), ("with", "backup"));
                return recovered;
            case "trusted, factor a moment ago" or "trusted, factor a while ago" or "trusted, stepped up":
                var trusted = await app.SignInAsync(ann, trust: true);
                if (session == "trusted, factor a while ago") app.Clock.Advance(TimeSpan.FromMinutes(6));
                Assert.That((await trusted.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("SignedIn"));
                if (session == "trusted, stepped up") await trusted.PostAsync("/step-up", ("code", app.Code(ann)));
                return trusted;
            default:
                var browser = await app.SignInAsync(ann);
                if (session.Contains("a while ago", StringComparison.Ordinal)) app.Clock.Advance(TimeSpan.FromMinutes(6));
                if (session.Contains("stepped up", StringComparison.Ordinal)) await browser.PostAsync("/step-up", ("code", app.Code(ann)));
                if (session == "clock went back") app.Clock.Advance(TimeSpan.FromMinutes(-2));
                return browser;
        }
    }

    private sealed class Teapot : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler _default = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded) return _default.HandleAsync(next, context, policy, authorizeResult);
            context.Response.StatusCode = 418;
            return Task.CompletedTask;
        }
    }
}
