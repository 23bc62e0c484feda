using System.Net;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Enforcement;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.SignIn;

/// <summary>The way through a sign-in, over a real port.</summary>
public class SignInTests
{
    [Test]
    public async Task A_user_without_an_authenticator_is_signed_in_after_the_first_factor()
    {
        await using var app = await WebApp.StartAsync();
        var browser = app.NewBrowser();

        var answer = await browser.PostAsync("/sign-in", ("user", "ann"), ("returnUrl", "/work?x=1"));

        Assert.That((answer.Kind, answer.Text("returnUrl")), Is.EqualTo(("SignedIn", "/work?x=1")));
        var me = await browser.GetAsync("/me");
        Assert.That((me.Text("user"), me.Text("id"), me.Text("name"), me.Text("role")), Is.EqualTo(("ann", "ann", "Name of ann", "True")));
        Assert.That((me.Text("factor"), me.Text("method"), me.Text("client"), me.Text("epoch")), Is.EqualTo(((string?)null, "Password", "Browser", "0")));
    }

    [Test]
    public async Task With_an_authenticator_a_code_is_asked_for_and_then_the_claims_are_there()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();

        var begun = await browser.PostAsync("/sign-in", ("user", "ann"), ("returnUrl", "/work"), ("client", "Desktop"));
        Assert.That((begun.Kind, begun.Text("attempts"), begun.Text("backupCodes"), begun.Text("trustDays")), Is.EqualTo(("CodeRequired", "3", "True", (string?)null)));
        var pending = await browser.GetAsync("/pending");
        Assert.That((pending.Text("user"), pending.Text("account")), Is.EqualTo(("ann", "Name of ann")));

        var done = await browser.PostAsync("/verify", ("code", app.Code(ann)));

        Assert.That((done.Kind, done.Text("returnUrl")), Is.EqualTo(("SignedIn", "/work")));
        var me = await browser.GetAsync("/me");
        Assert.That((me.Text("user"), me.Text("name"), me.Text("role"), me.Text("factor"), me.Text("client")), Is.EqualTo(("ann", "Name of ann", "True", "Totp", "Desktop")));
        Assert.That(browser.Cookies.Keys, Is.EqualTo(new[] { WebApp.SessionCookie }), "the half-finished sign-in is gone");
    }

    [Test]
    public async Task A_wrong_code_counts_down_and_the_last_one_starts_over()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var wrong = ann.Phone.WrongCodeAt(app.Now);

        Assert.That((await browser.PostAsync("/verify", ("code", "12"))).Kind, Is.EqualTo("Malformed"));
        Assert.That((await browser.PostAsync("/verify", ("code", wrong))).Text("attempts"), Is.EqualTo("2"));
        Assert.That((await browser.GetAsync("/pending")).Text("attempts"), Is.EqualTo("2"), "the page that is loaded again knows");
        Assert.That((await browser.PostAsync("/verify", ("code", wrong))).Text("attempts"), Is.EqualTo("1"));
        Assert.That((await browser.PostAsync("/verify", ("code", wrong))).Kind, Is.EqualTo("StartOver"));
        Assert.That(browser.Cookies, Is.Empty);
        Assert.That((await browser.PostAsync("/verify", ("code", app.Code(ann)))).Kind, Is.EqualTo("NoSignIn"));
    }

    [Test]
    public async Task A_lock_ends_the_attempt_and_is_told()
    {
        await using var app = await WebApp.StartAsync(core: options => options.Lockout.Preset = LockoutPreset.AdminUnlock);
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var wrong = ann.Phone.WrongCodeAt(app.Now);

        await browser.PostAsync("/verify", ("code", wrong));
        await browser.PostAsync("/verify", ("code", wrong));
        Assert.That((await browser.PostAsync("/verify", ("code", wrong))).Kind, Is.EqualTo("LockedOut"));
        Assert.That(browser.Cookies, Is.Empty);
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("LockedOut"));
        Assert.That(browser.Cookies, Is.Empty);
    }

    [Test]
    public async Task A_backup_code_signs_in()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));

        Assert.That((await browser.PostAsync("/verify", ("code", ann.BackupCodes[0]), ("with", "backup"))).Kind, Is.EqualTo("SignedIn"));
        Assert.That((await browser.GetAsync("/me")).Text("factor"), Is.EqualTo("BackupCode"));
    }

    [Test]
    public async Task The_session_outlasts_the_browser_only_where_the_application_said_so()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        foreach (var (persistent, lasting) in new[] { ((string?)null, false), ("true", true) })
        {
            var browser = app.NewBrowser();
            await browser.PostAsync("/sign-in", ("user", "ann"), ("persistent", persistent));
            await browser.PostAsync("/verify", ("code", app.Code(ann)));
            Assert.That(browser.HeaderOf(WebApp.SessionCookie)!.Contains("expires=", StringComparison.Ordinal), Is.EqualTo(lasting));
        }
    }

    [Test]
    public async Task During_grace_the_user_is_signed_in_and_reminded()
    {
        await using var app = await WebApp.StartAsync();
        await app.RequireOfAsync("ann", grace: TimeSpan.FromDays(40));

        var answer = await app.NewBrowser().PostAsync("/sign-in", ("user", "ann"));

        Assert.That(answer.Kind, Is.EqualTo("SignedIn"));
        Assert.That(DateTimeOffset.Parse(answer.Text("reminder")!, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(app.Now.AddDays(10)));
    }

    [Test]
    public async Task Who_is_turned_away_gets_no_cookie()
    {
        await using var app = await WebApp.StartAsync();
        await app.RequireOfAsync("ann", policy => policy with { AfterGrace = AfterGrace.Deny });
        var browser = app.NewBrowser();

        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("Denied"));
        Assert.That(browser.Cookies, Is.Empty);
    }

    [Test]
    public async Task Who_must_set_up_elsewhere_gets_no_cookie()
    {
        await using var app = await WebApp.StartAsync();
        await app.RequireOfAsync("ann");
        var browser = app.NewBrowser();

        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"), ("client", "Mobile"))).Kind, Is.EqualTo("EnrollElsewhere"));
        Assert.That(browser.Cookies, Is.Empty);
    }

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("/\\evil.example/")]
    [TestCase("/\t/evil.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("~/x")]
    [TestCase("")]
    public async Task An_address_outside_of_the_site_is_dropped(string url)
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        Assert.That((await app.NewBrowser().PostAsync("/sign-in", ("user", "bob"), ("returnUrl", url))).Text("returnUrl"), Is.EqualTo("/"));

        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"), ("returnUrl", url));
        Assert.That((await browser.PostAsync("/verify", ("code", app.Code(ann)))).Text("returnUrl"), Is.EqualTo("/"));
        Assert.That((await browser.PostAsync("/step-up", ("code", app.Code(ann)), ("returnUrl", url))).Text("returnUrl"), Is.EqualTo("/"));
    }

    [Test]
    public async Task Signing_out_ends_the_session_and_the_half_finished_sign_in()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        await browser.PostAsync("/sign-in", ("user", "ann"));
        Assert.That(browser.Cookies, Has.Count.EqualTo(2));

        await browser.PostAsync("/sign-out");

        Assert.That(browser.Cookies, Is.Empty);
        Assert.That((await browser.GetAsync("/me")).Status, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    [Attack(1)]
    public async Task A_code_that_signed_in_does_not_step_up()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var code = app.Code(ann);
        await browser.PostAsync("/verify", ("code", code));

        Assert.That((await browser.PostAsync("/step-up", ("code", code))).Kind, Is.EqualTo("Replayed"));
        Assert.That((await browser.PostAsync("/step-up", ("code", app.Code(ann)), ("returnUrl", "/danger"))).Text("returnUrl"), Is.EqualTo("/danger"));
    }
}
