using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;
using TwoFactor.TrustedDevices;

namespace TwoFactor.AspNetCore.Tests.TrustedDevices;

/// <summary>"Trust this browser for N days".</summary>
public class TrustTests
{
    private const string Prefix = "__Host-2fa-trust-";

    [Test]
    [Feature("C2")]
    public async Task A_trusted_browser_is_not_asked_and_any_other_is()
    {
        await using var app = await StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = app.NewBrowser();
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Text("trustDays"), Is.EqualTo("30"), "the checkbox");
        var signedIn = await browser.PostAsync("/verify", ("code", app.Code(ann)), ("trust", "true"));
        Assert.That(DateTimeOffset.Parse(signedIn.Text("trustedUntil")!, CultureInfo.InvariantCulture), Is.EqualTo(app.Now.AddDays(30)));
        await browser.PostAsync("/sign-out");
        app.Clock.Advance(TimeSpan.FromDays(29));

        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"), ("returnUrl", "/work"))).Kind, Is.EqualTo("SignedIn"));

        var me = await browser.GetAsync("/me");
        Assert.That((me.Text("user"), me.Text("viaTrust"), me.Text("factor")), Is.EqualTo(("ann", "True", (string?)null)));
        Assert.That((await app.NewBrowser().PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"), "after the period");
        Assert.That(TrustOf(browser), Is.Null, "what is refused is deleted");
    }

    [Test]
    public async Task The_cookie_is_bound_to_this_host_and_does_not_show_whose_it_is()
    {
        await using var app = await StartAsync();
        var browser = app.NewBrowser();
        var ann = await app.EnrolAsync("ann-of-acme");
        await browser.PostAsync("/sign-in", ("user", "ann-of-acme"));
        await browser.PostAsync("/verify", ("code", app.Code(ann)), ("trust", "true"));

        var name = browser.Cookies.Keys.Single(k => k.StartsWith(Prefix, StringComparison.Ordinal));
        Assert.That(name, Does.Not.Contain("ann").And.Length.EqualTo(Prefix.Length + 16));
        Assert.That(
            browser.HeaderOf(name)!.Split("; ").Skip(1).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "httponly", $"max-age={30 * 86400}", "path=/", "samesite=lax", "secure" }));
    }

    [Test]
    public async Task Not_ticked_is_not_trusted()
    {
        await using var app = await StartAsync();
        var browser = await app.SignInAsync(await app.EnrolAsync("ann"));

        Assert.That(TrustOf(browser), Is.Null);
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
    }

    [Test]
    [Attack(22)]
    public async Task Every_use_replaces_the_token_and_a_copy_of_the_old_one_kills_both()
    {
        await using var app = await StartAsync();
        var browser = await app.SignInAsync(await app.EnrolAsync("ann"), trust: true);
        var first = TrustOf(browser);
        var thief = browser.Copy();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        Assert.That(TrustOf(browser), Is.Not.Null.And.Not.EqualTo(first));

        Assert.That((await thief.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        Assert.That(TrustOf(thief), Is.Null);
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        Assert.That(TrustOf(browser), Is.Null);
    }

    [Test]
    public async Task People_who_share_a_browser_keep_theirs()
    {
        await using var app = await StartAsync();
        var (ann, bob) = (await app.EnrolAsync("ann"), await app.EnrolAsync("bob"));
        var browser = await app.SignInAsync(ann, trust: true);
        await browser.PostAsync("/sign-in", ("user", "bob"));
        await browser.PostAsync("/verify", ("code", app.Code(bob)), ("trust", "true"));

        foreach (var user in new[] { "ann", "bob", "ann" })
        {
            Assert.That((await browser.PostAsync("/sign-in", ("user", user))).Kind, Is.EqualTo("SignedIn"), user);
            Assert.That((await browser.GetAsync("/me")).Text("user"), Is.EqualTo(user));
        }
    }

    [Test]
    public async Task A_browser_keeps_a_bounded_number_and_the_oldest_makes_room()
    {
        await using var app = await StartAsync(web: options => options.MaxTrustedUsersPerBrowser = 2);
        var browser = app.NewBrowser();
        foreach (var user in new[] { "ann", "bob", "cleo" })
        {
            var person = await app.EnrolAsync(user);
            await browser.PostAsync("/sign-in", ("user", user));
            await browser.PostAsync("/verify", ("code", app.Code(person)), ("trust", "true"));
        }

        Assert.That(browser.Cookies.Keys.Count(k => k.StartsWith(Prefix, StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        Assert.That((await browser.PostAsync("/sign-in", ("user", "bob"))).Kind, Is.EqualTo("SignedIn"));
        Assert.That((await browser.PostAsync("/sign-in", ("user", "cleo"))).Kind, Is.EqualTo("SignedIn"));
    }

    [Test]
    [Attack(23)]
    public async Task Another_users_token_and_nonsense_are_dropped_and_harm_nobody()
    {
        await using var app = await StartAsync();
        var (ann, bob) = (await app.EnrolAsync("ann"), await app.EnrolAsync("bob"));
        var (a, b) = (await app.SignInAsync(ann, trust: true), await app.SignInAsync(bob, trust: true));
        var (annsName, bobsName) = (NameOf(a), NameOf(b));
        var annsToken = a.Cookies[annsName];

        foreach (var text in new[] { annsToken, "x", "", "a.b.c", annsToken + "A", new string('x', 3000) })
        {
            var mixed = app.NewBrowser();
            mixed.Cookies[bobsName] = text;
            Assert.That((await mixed.PostAsync("/sign-in", ("user", "bob"))).Kind, Is.EqualTo("CodeRequired"), text);
            if (text.Length > 0) Assert.That(mixed.Cookies.Keys, Has.None.EqualTo(bobsName), text);
        }

        Assert.That((await a.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("SignedIn"));
        Assert.That((await b.PostAsync("/sign-in", ("user", "bob"))).Kind, Is.EqualTo("SignedIn"));
    }

    [Test]
    [Attack(22)]
    [Feature("A12")]
    public async Task Removing_or_replacing_the_authenticator_ends_trust_here_and_elsewhere()
    {
        await using var app = await StartAsync();
        var ann = await app.EnrolAsync("ann");
        var (here, there) = (await app.SignInAsync(ann, trust: true), await app.SignInAsync(ann, trust: true));
        await here.PostAsync("/step-up", ("code", app.Code(ann)));
        var offer = await here.PostAsync("/set-up");
        await here.PostAsync("/set-up/confirm", ("ticket", offer.Text("ticket")), ("code", Phone.Scan(offer.Text("uri")!).CodeAt(app.Now)));

        Assert.That(TrustOf(here), Is.Null);
        Assert.That((await here.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        Assert.That((await there.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        Assert.That(TrustOf(there), Is.Null);
    }

    [Test]
    public async Task The_list_of_devices_names_browsers_and_nothing_that_they_say()
    {
        await using var app = await StartAsync();
        var ann = await app.EnrolAsync("ann");
        foreach (var agent in new[]
        {
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
            "<script>alert(1)</script>",
        })
        {
            var browser = app.NewBrowser();
            browser.UserAgent = agent;
            await browser.PostAsync("/sign-in", ("user", "ann"));
            await browser.PostAsync("/verify", ("code", app.Code(ann)), ("trust", "true"));
        }

        var devices = await app.Services.GetRequiredService<TrustedDeviceService>().ListAsync(ann.Id);

        Assert.That(
            devices.Select(d => d.Name).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "A browser", "Chrome on Android", "Edge on Windows", "Firefox on Linux", "Safari on iPhone" }));
    }

    private static Task<WebApp> StartAsync(Action<TwoFactorWebOptions>? web = null) =>
        WebApp.StartAsync(web: web, core: options => options.TrustedDevices.Days = 30);

    private static string NameOf(Browser browser) => browser.Cookies.Keys.Single(k => k.StartsWith(Prefix, StringComparison.Ordinal));

    private static string? TrustOf(Browser browser) =>
        browser.Cookies.SingleOrDefault(c => c.Key.StartsWith(Prefix, StringComparison.Ordinal)).Value;
}
