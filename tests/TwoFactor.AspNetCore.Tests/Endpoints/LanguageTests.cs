using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Localization;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>Texts in the reader's language; codes that no language changes. The tests run in invariant globalization, as the library is built.</summary>
internal sealed class LanguageTests
{
    [Test]
    public void Both_languages_have_every_code_and_nothing_else()
    {
        foreach (var code in ProblemCode.All)
        {
            var (english, german) = (TwoFactorLanguage.English.TextOf(code), TwoFactorLanguage.German.TextOf(code));
            Assert.Multiple(() =>
            {
                Assert.That(english.Title, Is.Not.Empty.And.Not.EqualTo(german.Title), code.Name);
                Assert.That(english.Detail, Is.Not.Empty.And.Not.EqualTo(german.Detail), code.Name);
                Assert.That(english.Detail, Does.EndWith("."), code.Name);
                Assert.That(german.Detail, Does.EndWith("."), code.Name);
                Assert.That(english.Title + german.Title, Does.Not.EndWith("."), code.Name);
            });
        }

        Assert.That(TwoFactorLanguage.English.AppEntryRemains, Is.Not.EqualTo(TwoFactorLanguage.German.AppEntryRemains));
    }

    [TestCase(null, "en")]
    [TestCase("", "en")]
    [TestCase("de", "de")]
    [TestCase("DE", "de")]
    [TestCase("de-AT", "de")]
    [TestCase("de-Latn-CH-1996", "de")]
    [TestCase("en-GB,de;q=0.8", "en")]
    [TestCase("de;q=0.5, en;q=0.9", "en")]
    [TestCase("fr, de;q=0.3", "de")]
    [TestCase("de;q=0, en", "en")]
    [TestCase("fr", "en")]
    [TestCase("*", "en")]
    [TestCase("d", "en")]
    [TestCase("den", "en")]
    [TestCase(";;;q=x", "en")]
    [TestCase("de;q=2", "en")]
    public async Task The_reader_is_answered_in_the_language_asked_for(string? accepted, string expected)
    {
        await using var app = await ApiApp.StartAsync();
        var client = app.NewClient();
        client.AcceptLanguage = accepted;
        var answer = (await client.GetAsync("/2fa/status")).MustBe("unauthenticated");
        Assert.That(answer.Language, Is.EqualTo(expected));
        Assert.That(answer["title"].GetString(), Is.EqualTo(expected == "de" ? "Nicht angemeldet" : "Not signed in"));
    }

    [Test]
    public async Task A_list_of_languages_without_end_is_answered_all_the_same()
    {
        await using var app = await ApiApp.StartAsync();
        var client = app.NewClient();
        client.AcceptLanguage = string.Join(", ", Enumerable.Range(0, 2000).Select(i => $"x{i % 10}"));
        Assert.That((await client.GetAsync("/2fa/status")).MustBe("unauthenticated").Language, Is.EqualTo("en"));
    }

    [Test]
    public async Task The_current_culture_speaks_where_the_reader_does_not()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Pipeline = a => a.Use((context, next) =>
            {
                CultureInfo.CurrentUICulture = new CultureInfo("de-AT");
                return next(context);
            }),
        });
        Assert.That((await app.NewClient().GetAsync("/2fa/status")).MustBe("unauthenticated").Language, Is.EqualTo("de"));
        var client = app.NewClient();
        client.AcceptLanguage = "en";
        Assert.That((await client.GetAsync("/2fa/status")).MustBe("unauthenticated").Language, Is.EqualTo("en"));
    }

    [Test]
    public async Task What_the_hosts_request_localisation_chose_comes_first()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Pipeline = a => a.UseRequestLocalization(o => o.AddSupportedUICultures("de", "fr").AddSupportedCultures("de", "fr").SetDefaultCulture("de")),
        });
        var client = app.NewClient();
        client.AcceptLanguage = "en";
        Assert.That((await client.GetAsync("/2fa/status")).MustBe("unauthenticated").Language, Is.EqualTo("de"));
        client.AcceptLanguage = "fr";
        Assert.That((await client.GetAsync("/2fa/status")).MustBe("unauthenticated").Language, Is.EqualTo("en"));
    }

    [Test]
    public async Task A_host_adds_a_language_and_replaces_one()
    {
        var klingon = new TwoFactorLanguage("tlh", ProblemCode.All.ToDictionary(c => c.Name, c => new ProblemText("Qapla'", c.Name)), "x");
        var formal = new TwoFactorLanguage("de", ProblemCode.All.ToDictionary(c => c.Name, c => new ProblemText("Verzeihung", c.Name)), "x");
        await using var app = await ApiApp.StartAsync(new()
        {
            Build = b => b.AddTwoFactorApi(o =>
            {
                o.Languages.Add(klingon);
                o.Languages.Add(formal);
            }),
        });
        var client = app.NewClient();
        client.AcceptLanguage = "tlh";
        Assert.That((await client.GetAsync("/2fa/status"))["title"].GetString(), Is.EqualTo("Qapla'"));
        client.AcceptLanguage = "de-DE";
        Assert.That((await client.GetAsync("/2fa/status"))["title"].GetString(), Is.EqualTo("Verzeihung"));
    }

    [Test]
    public void A_language_that_lacks_a_code_is_not_made()
    {
        var texts = ProblemCode.All.ToDictionary(c => c.Name, c => new ProblemText("t", "d"));
        texts.Remove("busy");
        texts["code_wrong"] = new ProblemText("t", " ");
        Assert.That(() => new TwoFactorLanguage("fr", texts, "x"), Throws.ArgumentException.With.Message.Contains("code_wrong, busy"));
        Assert.That(() => new TwoFactorLanguage("français", ProblemCode.All.ToDictionary(c => c.Name, c => new ProblemText("t", "d")), "x"), Throws.ArgumentException);
    }
}
