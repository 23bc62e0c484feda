using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.PendingSignIns;

/// <summary>The cookie of a half-finished sign-in.</summary>
public class PendingSignInTests
{
    private static readonly string[] s_protected = ["/me", "/second-factor", "/fresh"];
    private static readonly string[] s_posts = ["/step-up", "/set-up", "/set-up/confirm", "/codes", "/remove"];

    [Test]
    public async Task It_is_bound_to_this_host_unreadable_for_scripts_and_lives_as_long_as_the_challenge()
    {
        await using var app = await WebApp.StartAsync(core: options => options.SignIn.ChallengeLifetime = TimeSpan.FromMinutes(2));
        await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));

        var parts = browser.HeaderOf(WebApp.PendingCookie)!.Split("; ").Skip(1).Order(StringComparer.Ordinal);

        Assert.That(parts, Is.EqualTo(new[] { "httponly", "max-age=120", "path=/", "samesite=lax", "secure" }));
        await browser.PostAsync("/cancel");
        Assert.That(browser.HeaderOf(WebApp.PendingCookie), Does.Contain("secure").And.Contain("path=/"), "a browser deletes only what is as it was set");
    }

    [Test]
    public async Task It_can_be_kept_from_other_sites_altogether()
    {
        await using var app = await WebApp.StartAsync(web: options => options.CookieSameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict);
        await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));

        Assert.That(browser.HeaderOf(WebApp.PendingCookie), Does.Contain("samesite=strict"));
    }

    [Test]
    public async Task In_development_it_may_go_over_http_and_nowhere_else()
    {
        await using (var app = await WebApp.StartAsync(web: options => options.AllowInsecureCookies = true, environment: "Development"))
        {
            var ann = await app.EnrolAsync("ann");
            var browser = app.NewBrowser();
            await browser.PostAsync("/sign-in", ("user", "ann"));
            Assert.That(browser.HeaderOf("2fa-sign-in"), Does.Contain("httponly").And.Not.Contain("secure"));
            Assert.That((await browser.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("SignedIn"));
        }

        Assert.That(
            async () => await WebApp.StartAsync(web: options => options.AllowInsecureCookies = true),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Development alone"));
    }

    [Test]
    [Attack(24)]
    public async Task It_opens_nothing_under_whatever_name_it_is_sent()
    {
        await using var app = await WebApp.StartAsync(map: Guarded.Map);
        await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var value = browser.Cookies[WebApp.PendingCookie];
        browser.Cookies[WebApp.SessionCookie] = value;
        browser.Cookies["__Host-2fa-session"] = value;

        foreach (var path in s_protected)
        {
            var answer = await browser.GetAsync(path);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Found), path);
            Assert.That(answer.Location, Does.Contain("/Account/Login"), path);
        }

        foreach (var path in s_posts)
        {
            var answer = await browser.PostAsync(path, ("code", "123456"), ("ticket", value));
            Assert.That(answer.Location, Does.Contain("/Account/Login"), path);
        }
    }

    [Test]
    public async Task A_session_cookie_is_no_half_finished_sign_in()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        browser.Cookies[WebApp.PendingCookie] = browser.Cookies[WebApp.SessionCookie];

        Assert.That((await browser.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"));
        Assert.That((await browser.GetAsync("/pending")).Kind, Is.EqualTo("None"));
    }

    [Test]
    public async Task A_changed_one_is_refused_and_the_code_is_not_burnt()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var value = browser.Cookies[WebApp.PendingCookie];
        var code = app.Code(ann);

        foreach (var changed in Changes(value))
        {
            browser.Cookies[WebApp.PendingCookie] = changed;
            Assert.That((await browser.PostAsync("/verify", ("code", code))).Kind, Is.EqualTo("NoSignIn"), changed);
        }

        browser.Cookies[WebApp.PendingCookie] = value;
        Assert.That((await browser.PostAsync("/verify", ("code", code))).Kind, Is.EqualTo("SignedIn"));
    }

    [Test]
    public async Task An_expired_one_is_refused()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That((await browser.GetAsync("/pending")).Kind, Is.EqualTo("None"));
        Assert.That((await browser.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"));
    }

    [Test]
    [Attack(12)]
    public async Task One_that_was_used_or_used_up_is_dead_however_often_it_is_sent_again()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var thief = browser.Copy();
        await browser.PostAsync("/verify", ("code", app.Code(ann)));
        Assert.That((await thief.Copy().PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"), "used");

        await browser.PostAsync("/sign-in", ("user", "ann"));
        var first = browser.Copy();
        var wrong = ann.Phone.WrongCodeAt(app.Now);
        for (var i = 0; i < 3; i++) await browser.PostAsync("/verify", ("code", wrong));
        Assert.That((await first.GetAsync("/pending")).Text("attempts"), Is.EqualTo("3"), "the copy believes that it has attempts");
        Assert.That((await first.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"), "used up");
    }

    [Test]
    [Attack(17)]
    public async Task One_of_an_earlier_epoch_is_dead()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var here = await app.SignInAsync(ann);
        var there = app.NewBrowser();
        await there.PostAsync("/sign-in", ("user", "ann"));
        await here.PostAsync("/step-up", ("code", app.Code(ann)));
        await here.PostAsync("/remove");

        Assert.That((await there.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"));
        Assert.That(there.Cookies, Is.Empty);
    }

    [Test]
    [Attack(23)]
    public async Task Nothing_of_one_user_goes_with_anything_of_another()
    {
        await using var app = await WebApp.StartAsync();
        await app.RequireOfAsync("cleo");
        var (ann, bob) = (await app.EnrolAsync("ann"), await app.EnrolAsync("bob"));
        var (a, b) = (app.NewBrowser(), app.NewBrowser());
        await a.PostAsync("/sign-in", ("user", "ann"));
        await b.PostAsync("/sign-in", ("user", "bob"));

        Assert.That((await a.PostAsync("/verify", ("code", app.Code(bob)))).Kind, Is.EqualTo("Wrong"), "another's code");
        Assert.That((await a.PostAsync("/verify", ("code", bob.BackupCodes[0]), ("with", "backup"))).Kind, Is.EqualTo("Wrong"), "another's backup code");

        // Another's half-finished sign-in signs in that other, whose first factor it is; it lends nothing to the session beside it.
        var mixed = await app.SignInAsync(bob);
        mixed.Cookies[WebApp.PendingCookie] = a.Cookies[WebApp.PendingCookie];
        Assert.That((await mixed.PostAsync("/verify", ("code", app.Code(bob)))).Kind, Is.EqualTo("StartOver"));
        Assert.That((await mixed.GetAsync("/me")).Text("user"), Is.EqualTo("bob"));

        // Another's offer.
        var annsSession = await app.SignInAsync(ann);
        var offer = await annsSession.PostAsync("/set-up");
        var phone = Phone.Scan(offer.Text("uri")!);
        var confirm = new[] { ("ticket", offer.Text("ticket")), ("code", phone.CodeAt(app.Now)) };
        var bobsSession = await app.SignInAsync(bob);
        Assert.That((await bobsSession.PostAsync("/set-up/confirm", confirm)).Kind, Is.EqualTo("NotPending"));
        var cleo = app.NewBrowser();
        Assert.That((await cleo.PostAsync("/sign-in", ("user", "cleo"))).Kind, Is.EqualTo("SetupRequired"));
        Assert.That((await cleo.PostAsync("/required/confirm", confirm)).Kind, Is.EqualTo("NotPending"));
        Assert.That((await app.StatusAsync(new("cleo"))).IsEnrolled, Is.False);
    }

    [Test]
    public async Task What_waits_for_a_code_sets_nothing_up_and_what_waits_for_a_set_up_takes_no_code()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        await app.RequireOfAsync("bob");
        var (code, setup) = (app.NewBrowser(), app.NewBrowser());
        await code.PostAsync("/sign-in", ("user", "ann"));
        await setup.PostAsync("/sign-in", ("user", "bob"));

        Assert.That((await code.PostAsync("/required")).Kind, Is.EqualTo("NoSignIn"));
        Assert.That((await setup.PostAsync("/verify", ("code", "123456"))).Kind, Is.EqualTo("NoSignIn"));
        Assert.That((await code.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("SignedIn"));
        Assert.That((await setup.PostAsync("/required")).Kind, Is.EqualTo("Started"));
    }

    [Test]
    public async Task Another_applications_cookie_is_refused()
    {
        await using var app = await WebApp.StartAsync();
        await using var other = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        await other.EnrolAsync("ann");
        var (here, there) = (app.NewBrowser(), other.NewBrowser());
        await here.PostAsync("/sign-in", ("user", "ann"));
        await there.PostAsync("/sign-in", ("user", "ann"));
        here.Cookies[WebApp.PendingCookie] = there.Cookies[WebApp.PendingCookie];

        Assert.That((await here.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"));
    }

    [Test]
    public async Task What_the_application_protects_for_other_purposes_is_refused()
    {
        await using var app = await WebApp.StartAsync();
        await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(browser.Cookies[WebApp.PendingCookie]);
        var provider = app.Services.GetRequiredService<IDataProtectionProvider>();
        var plain = provider.CreateProtector("TwoFactor.AspNetCore", "PendingSignIn", "v1").Unprotect(bytes);

        browser.Cookies[WebApp.PendingCookie] = System.Buffers.Text.Base64Url.EncodeToString(provider.CreateProtector("TwoFactor.AspNetCore", "Offer", "v1").Protect(plain));
        Assert.That((await browser.GetAsync("/pending")).Kind, Is.EqualTo("None"));
        browser.Cookies[WebApp.PendingCookie] = System.Buffers.Text.Base64Url.EncodeToString(plain);
        Assert.That((await browser.GetAsync("/pending")).Kind, Is.EqualTo("None"));
    }

    [Test]
    public async Task Claims_that_need_several_cookies_come_through_and_all_are_deleted()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        var name = new string('n', 5000);
        await browser.PostAsync("/sign-in", ("user", "ann"), ("claimType", "long"), ("claim", name));
        Assert.That(browser.Cookies.Keys.Count(k => k.StartsWith(WebApp.PendingCookie, StringComparison.Ordinal)), Is.GreaterThan(2));

        Assert.That((await browser.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("SignedIn"));

        Assert.That(browser.Cookies.Keys.Where(k => k.StartsWith("__Host-", StringComparison.Ordinal)), Is.Empty);
        Assert.That((await browser.GetAsync("/me")).Text("user"), Is.EqualTo("ann"));
    }

    [Test]
    public async Task Claims_that_fit_into_no_cookie_or_name_another_user_are_misuse()
    {
        await using var app = await WebApp.StartAsync();
        await app.EnrolAsync("ann");
        foreach (var (type, value, message) in new[]
        {
            ("long", new string('n', 12_000), "do not fit into a cookie"), (ClaimTypes.NameIdentifier, "bob", "name another user"),
        })
        {
            var browser = app.NewBrowser();
            Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"), ("claimType", type), ("claim", value))).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(browser.Cookies, Is.Empty);
            Assert.That(app.Logs.Entries.Any(e => e.Text.Contains(message, StringComparison.Ordinal)), message);
        }
    }

    [Test]
    public async Task A_claim_in_the_place_of_the_session_is_dropped()
    {
        await using var app = await WebApp.StartAsync(map: Guarded.Map);
        var ann = await app.EnrolAsync("ann");
        var session = AspNetCore.Sessions.TwoFactorSession.AfterSecondFactor(ann.Proof, Accounts.SignInMethod.Password, Accounts.ClientKind.Browser, app.Now);
        var identity = new ClaimsIdentity("x");
        session.WriteTo(identity);
        var forged = identity.Claims.Single().Value;
        var browser = app.NewBrowser();

        await browser.PostAsync("/sign-in", ("user", "bob"), ("claimType", AspNetCore.Sessions.TwoFactorSession.ClaimType), ("claim", forged));

        Assert.That((await browser.GetAsync("/me")).Text("user"), Is.EqualTo("bob"));
        Assert.That((await browser.GetAsync("/second-factor")).Text("code"), Is.EqualTo("enrollment_required"));
    }

    private static IEnumerable<string> Changes(string value)
    {
        for (var i = 0; i < value.Length; i += 17) yield return $"{value[..i]}{(value[i] == 'A' ? 'B' : 'A')}{value[(i + 1)..]}";
        yield return value[..^4];
        yield return value + "AAAA";
        yield return "";
        yield return "chunks-3";
        yield return "%00%0d%0a";
        yield return new string('A', 13_000);
    }
}
