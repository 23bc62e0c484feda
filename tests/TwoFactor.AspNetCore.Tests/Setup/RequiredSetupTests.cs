using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Setup;

/// <summary>The set-up that a sign-in waits for.</summary>
public class RequiredSetupTests
{
    [Test]
    [Feature("A5")]
    [Feature("B2")]
    public async Task The_user_sets_up_and_is_signed_in_with_the_codes_in_hand()
    {
        await using var app = await WebApp.StartAsync(map: Guarded.Map);
        await app.RequireOfAsync("ann");
        var browser = app.NewBrowser();
        var begun = await browser.PostAsync("/sign-in", ("user", "ann"), ("returnUrl", "/work"));
        Assert.That((begun.Kind, begun.Text("requiredBy"), begun.Text("needsSetup")), Is.EqualTo(("SetupRequired", "acme", "True")));
        var offer = await browser.PostAsync("/required");
        Assert.That(offer.Kind, Is.EqualTo("Started"));
        var phone = Phone.Scan(offer.Text("uri")!);
        Assert.That(Uri.UnescapeDataString(offer.Text("uri")!), Does.Contain("Acme:Name of ann"));

        var wrong = await browser.PostAsync("/required/confirm", ("ticket", offer.Text("ticket")), ("code", phone.WrongCodeAt(app.Now)));
        Assert.That((wrong.Kind, wrong.Text("uri")), Is.EqualTo(("Wrong", offer.Text("uri"))), "the same QR code again");
        var done = await browser.PostAsync("/required/confirm", ("ticket", wrong.Text("ticket")), ("code", phone.CodeAt(app.Now)));

        Assert.That((done.Kind, done.Text("signedIn"), done.Text("returnUrl"), done.Text("codes")!.Split(' ').Length), Is.EqualTo(("Confirmed", "True", "/work", 10)));
        var me = await browser.GetAsync("/me");
        Assert.That((me.Text("user"), me.Text("name"), me.Text("factor")), Is.EqualTo(("ann", "Name of ann", "Totp")));
        Assert.That((await browser.GetAsync("/fresh")).Kind, Is.EqualTo("Open"));
        Assert.That(browser.Cookies.Keys, Is.EqualTo(new[] { WebApp.SessionCookie }));
    }

    [Test]
    [Attack(17)]
    public async Task When_the_attempt_ends_meanwhile_nothing_is_set_up_and_nobody_is_signed_in()
    {
        await using var app = await WebApp.StartAsync(core: options =>
            (options.SignIn.ChallengeLifetime, options.Enrollment.PendingLifetime) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)));
        await app.RequireOfAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var offer = await browser.PostAsync("/required");
        // Eight more attempts push the first one out.
        for (var i = 0; i < 8; i++) await app.NewBrowser().PostAsync("/sign-in", ("user", "ann"));

        var done = await browser.PostAsync("/required/confirm", ("ticket", offer.Text("ticket")), ("code", Phone.Scan(offer.Text("uri")!).CodeAt(app.Now)));

        Assert.That((done.Kind, done.Text("signedIn")), Is.EqualTo(("NoSignIn", (string?)null)));
        Assert.That(browser.Cookies, Is.Empty);
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("SetupRequired"), "start over");
    }

    [Test]
    public async Task A_ticket_that_is_old_or_spent_or_changed_begins_again()
    {
        await using var app = await WebApp.StartAsync(core: options => options.Enrollment.PendingLifetime = TimeSpan.FromMinutes(2));
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var first = await browser.PostAsync("/set-up");
        var second = await browser.PostAsync("/set-up");
        var (ticket, phone) = (second.Text("ticket")!, Phone.Scan(second.Text("uri")!));

        async Task<string> Confirm(string? with) => (await browser.PostAsync("/set-up/confirm", ("ticket", with), ("code", phone.CodeAt(app.Now)))).Kind;
        Assert.That(await Confirm(first.Text("ticket")), Is.EqualTo("NotPending"), "begun again since");
        foreach (var changed in new[] { null, "", "x", ticket[..^1], ticket + "A", new string('A', 20_000) }) Assert.That(await Confirm(changed), Is.EqualTo("NotPending"));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await Confirm(ticket), Is.EqualTo("NotPending"), "expired");
        var third = await browser.PostAsync("/set-up");
        phone = Phone.Scan(third.Text("uri")!);
        Assert.That(await Confirm(third.Text("ticket")), Is.EqualTo("Confirmed"));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await Confirm(third.Text("ticket")), Is.EqualTo("NotPending"), "spent");
    }

    [Test]
    [Attack(18)]
    public async Task Replacing_and_new_codes_and_removing_ask_for_a_fresh_proof()
    {
        await using var app = await WebApp.StartAsync();
        var ann = await app.EnrolAsync("ann");
        var browser = await app.SignInAsync(ann);
        app.Clock.Advance(TimeSpan.FromMinutes(11));

        foreach (var path in new[] { "/set-up", "/codes", "/remove" }) Assert.That((await browser.PostAsync(path)).Kind, Is.EqualTo("ProofRequired"), path);
        await browser.PostAsync("/step-up", ("code", app.Code(ann)));
        Assert.That((await browser.PostAsync("/set-up")).Kind, Is.EqualTo("Started"));
        Assert.That((await browser.PostAsync("/codes")).Kind, Is.EqualTo("Regenerated"));
        Assert.That((await browser.PostAsync("/remove")).Kind, Is.EqualTo("Removed"));
    }

    [Test]
    public async Task A_lock_in_a_required_set_up_ends_the_attempt()
    {
        await using var app = await WebApp.StartAsync();
        await app.RequireOfAsync("ann");
        var browser = app.NewBrowser();
        await browser.PostAsync("/sign-in", ("user", "ann"));
        var offer = await browser.PostAsync("/required");
        var wrong = Phone.Scan(offer.Text("uri")!).WrongCodeAt(app.Now);
        var kinds = new List<string>();
        for (var i = 0; i < 5; i++) kinds.Add((await browser.PostAsync("/required/confirm", ("ticket", offer.Text("ticket")), ("code", wrong))).Kind);

        Assert.That(kinds, Is.EqualTo(new[] { "Wrong", "Wrong", "Wrong", "Wrong", "LockedOut" }));
        Assert.That(browser.Cookies, Is.Empty);
    }
}
