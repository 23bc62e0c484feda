using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing;
using TwoFactor.Testing.Packaging;

namespace TwoFactor.AspNetCore.Tests.Packaging;

/// <summary>
/// <c>docs/getting-started.md</c> from top to bottom: its commands, its files, and then a user in front of the application, which runs on the packages alone.
/// </summary>
[Feature("A1"), Feature("C2"), Feature("X8")]
public sealed class GettingStartedTests
{
    private static readonly string s_guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "getting-started.md"));

    private PackageFeed _feed = null!;
    private string _project = null!;

    [OneTimeSetUp]
    public void FollowTheGuide()
    {
        _feed = new PackageFeed(Repository.Root, "TwoFactor.Core", "TwoFactor.EntityFrameworkCore", "TwoFactor.AspNetCore");
        var folder = _feed.NewFolder("guide").FullName;
        foreach (var command in Commands().TakeWhile(c => !c.StartsWith("dotnet run", StringComparison.Ordinal)))
        {
            var words = command.Split(' ');
            if (words[0] == "cd") folder = Path.Combine(folder, words[1]);
            else if (words is ["dotnet", "add", "package", var package] && package.StartsWith("TwoFactor.", StringComparison.Ordinal))
                PackageFeed.Run(folder, "dotnet", [.. words[1..], "--version", _feed.Version]);
            else PackageFeed.Run(folder, words[0], words[1..]);
        }

        _project = folder;
        foreach (Match file in Regex.Matches(s_guide, "<!-- file: (\\S+) -->\\s*```csharp\\n(.*?)```", RegexOptions.Singleline))
            File.WriteAllText(Path.Combine(folder, file.Groups[1].Value), file.Groups[2].Value);
        PackageFeed.Run(folder, "dotnet", "build", "--configuration", "Release");
    }

    [OneTimeTearDown]
    public void Delete() => _feed.Dispose();

    [Test]
    public async Task The_page_opens_to_two_factors_alone_a_code_works_once_and_a_trusted_browser_is_not_asked()
    {
        await using var app = await RunningProgram.StartAsync(Path.Combine(_project, "bin", "Release", "net10.0", "Shop.dll"), _project);
        var browser = app.NewBrowser();
        Assert.That((await browser.GetAsync("/")).Location, Does.Contain("/sign-in"));

        // Wrong, then right: into the set-up, from where the code of the app leads on.
        Assert.That((await PostAsync(browser, "/sign-in", ("email", "ada@example.org"), ("password", "wrong"))).Body, Does.Contain("is wrong"));
        Assert.That((await SignInAsync(browser)).Location, Is.EqualTo("/"));
        Assert.That((await browser.GetAsync("/", "text/html")).Location, Is.EqualTo("/set-up?returnUrl=%2F"));
        var page = (await browser.GetAsync("/set-up")).Body;
        var phone = Phone.Type(Regex.Match(page, "or type <code>([^<]+)</code>").Groups[1].Value);
        var first = phone.CodeAt(TimeProvider.System.GetUtcNow());
        var saved = await PostFormAsync(browser, "/set-up", page, ("ticket", Field(page, "ticket")), ("code", first));
        Assert.That(saved.Body, Does.Contain("shown once"));
        var codes = Regex.Matches(saved.Body, "[0-9A-Z]{4}(-[0-9A-Z]{4}){3}").Select(m => m.Value).ToArray();
        Assert.That(codes, Has.Length.EqualTo(10));
        Assert.That((await browser.GetAsync("/")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await browser.GetAsync("/refund")).Status, Is.EqualTo(HttpStatusCode.OK));

        // Another browser: the code that confirmed the set-up is spent, a backup code works once.
        var other = app.NewBrowser();
        Assert.That((await SignInAsync(other)).Location, Is.EqualTo("/code"));
        Assert.That((await PostAsync(other, "/code", ("code", first))).Body, Does.Contain("not right"));
        Assert.That((await other.GetAsync("/", "text/html")).Location, Does.Contain("/sign-in"), "half a sign-in opens nothing");
        Assert.That((await PostAsync(other, "/code", ("code", codes[0]), ("backup", "true"), ("trust", "true"))).Location, Is.EqualTo("/"));
        Assert.That((await other.GetAsync("/")).Status, Is.EqualTo(HttpStatusCode.OK));

        // It is trusted now: no code at the next sign-in, and no fresh one for what asks for it.
        other.Cookies.Keys.Where(name => name.StartsWith(".AspNetCore.Cookies", StringComparison.Ordinal)).ToList().ForEach(name => other.Cookies.Remove(name));
        Assert.That((await SignInAsync(other)).Location, Is.EqualTo("/"));
        Assert.That((await other.GetAsync("/")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await other.GetAsync("/refund", "text/html")).Location, Is.EqualTo("/code?returnUrl=%2Frefund"));
        Assert.That((await PostAsync(other, "/code", ("code", codes[0]), ("backup", "true"))).Body, Does.Contain("not right"));
        Assert.That((await PostAsync(other, "/code", ("code", codes[1]), ("backup", "true"), ("returnUrl", "/refund"))).Location, Is.EqualTo("/refund"));
        Assert.That((await other.GetAsync("/refund")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private static Task<Answer> SignInAsync(Browser browser) =>
        PostAsync(browser, "/sign-in", ("email", "ada@example.org"), ("password", "correct horse battery staple"));

    private static async Task<Answer> PostAsync(Browser browser, string path, params (string Name, string? Value)[] fields) =>
        await PostFormAsync(browser, path, (await browser.GetAsync(path)).Body, fields);

    private static Task<Answer> PostFormAsync(Browser browser, string path, string page, params (string Name, string? Value)[] fields) =>
        browser.PostAsync(path, [.. fields, ("__RequestVerificationToken", Field(page, "__RequestVerificationToken"))]);

    private static string Field(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\" type=\"hidden\" value=\"([^\"]*)\"").Groups[1].Value);

    private static IEnumerable<string> Commands() => Regex.Matches(s_guide, "```sh\\n(.*?)```", RegexOptions.Singleline)
        .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
