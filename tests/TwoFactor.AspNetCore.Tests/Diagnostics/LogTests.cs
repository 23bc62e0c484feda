using Microsoft.Extensions.Logging;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Diagnostics;

/// <summary>What is logged, by everything that takes part, at the lowest level.</summary>
public class LogTests
{
    [Test]
    [Attack(35)]
    public async Task No_code_token_cookie_seed_or_claim_stands_in_a_log()
    {
        await using var app = await WebApp.StartAsync(core: options => options.TrustedDevices.Days = 30, map: Guarded.Map);
        var secrets = new List<string>();
        var browser = app.NewBrowser();
        async Task<Answer> Post(string path, params (string, string?)[] fields)
        {
            secrets.AddRange(browser.Cookies.Values);
            var answer = await browser.PostAsync(path, fields);
            secrets.AddRange(browser.Cookies.Values);
            return answer;
        }

        await Post("/sign-in", ("user", "ann"), ("claimType", "note"), ("claim", "CLAIM-CANARY"), ("returnUrl", "/RETURN-CANARY"));
        var offer = await Post("/set-up");
        var phone = Phone.Scan(offer.Text("uri")!);
        secrets.AddRange([offer.Text("ticket")!, offer.Text("uri")!, offer.Text("key")!, offer.Text("key")!.Replace(" ", "", StringComparison.Ordinal), "CLAIM-CANARY", "RETURN-CANARY"]);
        var code = phone.CodeAt(app.Now);
        var confirmed = await Post("/set-up/confirm", ("ticket", offer.Text("ticket")), ("code", code));
        secrets.AddRange(confirmed.Text("codes")!.Split(' '));
        secrets.Add(code);
        await Post("/sign-in", ("user", "ann"));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await Post("/verify", ("code", "CODE-CANARY"));
        secrets.Add("CODE-CANARY");
        secrets.Add(phone.CodeAt(app.Now));
        await Post("/verify", ("code", phone.CodeAt(app.Now)), ("trust", "true"));
        await Post("/sign-in", ("user", "ann"));
        await Post("/step-up", ("code", confirmed.Text("codes")!.Split(' ')[0]), ("with", "backup"));
        await browser.GetAsync("/fresh/no-recovery");
        browser.Cookies[WebApp.PendingCookie] = "COOKIE-CANARY%0d%0aforged";
        secrets.Add("COOKIE-CANARY");
        await Post("/verify", ("code", "1"));
        await Post("/remove");

        var ours = app.Logs.Entries.Where(e => e.Category.StartsWith("TwoFactor", StringComparison.Ordinal)).ToList();
        Assert.That(ours.Select(e => e.Id.Id).Distinct(), Is.SupersetOf(new[] { 7001, 7002, 7005, 7006, 7020, 7030, 7040 }));
        Assert.That(ours.SelectMany(e => e.Text).Where(char.IsControl), Is.Empty, "one record is one line");
        foreach (var secret in secrets.Distinct().Where(s => s.Length > 5))
            Assert.That(app.Logs.Entries.Where(e => e.Text.Contains(secret, StringComparison.Ordinal)).Select(e => $"{e.Category}: {e.Text}"), Is.Empty, secret);
    }

    [Test]
    public void Every_event_has_an_id_of_its_own_and_stands_in_the_guide()
    {
        var methods = typeof(TwoFactorWebOptions).Assembly.GetType("TwoFactor.AspNetCore.Diagnostics.WebLog", true)!.GetMethods()
            .Select(m => m.GetCustomAttributes(typeof(LoggerMessageAttribute), false).OfType<LoggerMessageAttribute>().SingleOrDefault())
            .OfType<LoggerMessageAttribute>().ToList();
        Assert.That(methods, Has.Count.GreaterThan(10));
        Assert.That(methods.Select(m => m.EventId), Is.Unique);
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "web.md"));
        foreach (var method in methods) Assert.That(guide, Does.Contain($"| {method.EventId} | {method.Level} |"), $"{method.EventId}");
    }
}
