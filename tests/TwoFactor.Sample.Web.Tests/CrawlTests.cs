using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Tests.Hosting;
using TwoFactor.SignIn;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests;

/// <summary>
/// Somebody without a finished sign-in tries every address that the sample serves, by every method and handler, and follows every link and form of
/// every page that he gets. Nothing but the pages that are known to be open and the files of the design answers him with success, and nowhere does he
/// see the button that signs out, which every protected page has.
/// </summary>
[Attack(24)]
public sealed partial class CrawlTests
{
    private const string ProtectedMark = "action=\"/account/sign-out\"";

    private static readonly string[] Public =
    [
        "/account/activate", "/account/challenge", "/account/register", "/account/removed", "/account/set-up", "/account/sign-in", "/account/sign-out",
        "/account/turned-away", "/dev/clock", "/error",
    ];

    private static readonly string[] Handlers =
        ["", "Confirm", "StartOver", "Simulate", "Download", "All", "Preview", "Verify", "Unlock", "Reset", "Unregister", "Untrust", "Extend", "Exempt"];

    private SampleApp _app = null!;
    private UserId _alice;

    [SetUp]
    public async Task OpenAsync()
    {
        _app = new SampleApp();
        _alice = (await _app.Services.GetRequiredService<UserDirectory>().FindByEmailAsync("alice@example.com"))!.UserId;
    }

    [TearDown]
    public async Task CloseAsync() => await _app.DisposeAsync();

    [Test]
    public void Every_endpoint_is_closed_unless_it_is_known_to_be_open()
    {
        var open = Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).SelectMany(PathsOf).Distinct().Order();
        Assert.That(open, Is.EqualTo(Public));
        Assert.That(Endpoints().SelectMany(PathsOf).Distinct().Count(), Is.GreaterThan(Public.Length + 12));
    }

    [Test]
    public async Task A_visitor_without_a_session_reaches_nothing_protected()
    {
        var seen = await CrawlAsync(new CookieContainer());
        Assert.That(seen.Protected, Is.Empty);
        Assert.That(seen.Pages, Is.SupersetOf((string[])["/account/sign-in", "/account/register"]));
    }

    [Test]
    public async Task A_half_finished_sign_in_that_waits_for_a_code_reaches_nothing_protected()
    {
        await _app.EnrolAsync(_alice);
        var cookies = new CookieContainer();
        await EnterPasswordAsync(cookies);
        var seen = await CrawlAsync(cookies);
        Assert.That(seen.Protected, Is.Empty);
        Assert.That(seen.Pages, Does.Contain("/account/challenge"), "it is half finished");
    }

    [Test]
    public async Task A_half_finished_sign_in_that_waits_for_a_set_up_reaches_nothing_protected()
    {
        var organization = new OrganizationId("larkspur");
        var stored = new Organization
        {
            Id = organization,
            Policy = PolicyPresets.RequiredWithoutSso(organization, _app.Clock.GetUtcNow().AddDays(-60), sso: false) with { Version = 1 },
        };
        Assert.That(await _app.Services.GetRequiredService<IOrganizationStore>().TrySaveAsync(stored, 0, [], CancellationToken.None), Is.True);
        var cookies = new CookieContainer();
        await EnterPasswordAsync(cookies);
        var seen = await CrawlAsync(cookies);
        Assert.That(seen.Protected, Is.Empty);
        Assert.That(seen.Pages, Does.Contain("/account/set-up"), "it is half finished");
    }

    [Test, Feature("B11")]
    public async Task A_session_of_a_past_epoch_reaches_nothing_protected()
    {
        var cookies = new CookieContainer();
        await EnterPasswordAsync(cookies);
        var session = cookies.GetAllCookies().Single(cookie => cookie.Name == "larkspur.session").Value;
        // Another session removes the authenticator that was set up meanwhile: the epoch moves on.
        var (phone, _) = await _app.EnrolAsync(_alice);
        var proved = (StepUpResult.Proved)await _app.Services.GetRequiredService<SignInService>().StepUpAsync(_alice, MfaFactorType.Totp, phone.Code());
        var removed = await _app.Services.GetRequiredService<EnrollmentService>().UnregisterAsync(_alice, proved.Proof);
        Assert.That(removed, Is.InstanceOf<UnregisterResult.Removed>());

        // The cookie is deleted by the first answer; whoever keeps a copy sends it again and again.
        var seen = await CrawlAsync(cookies, session);
        Assert.That(seen.Protected, Is.Empty);
    }

    [Test]
    public async Task The_same_crawl_with_a_session_sees_what_is_protected()
    {
        var cookies = new CookieContainer();
        await EnterPasswordAsync(cookies);
        var session = cookies.GetAllCookies().Single(cookie => cookie.Name == "larkspur.session").Value;
        var seen = await CrawlAsync(cookies, session);
        Assert.That(seen.Protected.Select(hit => hit.Split(' ')[1].Split('?')[0]), Is.SupersetOf((string[])["/", "/security", "/security/devices", "/security/password"]));
    }

    private async Task EnterPasswordAsync(CookieContainer cookies)
    {
        using var client = _app.NewClient(cookies);
        var token = Token().Match(await client.GetStringAsync("/account/sign-in")).Groups[1].Value;
        using var form = Form(("Email", "alice@example.com"), ("Password", "alice-in-the-harbour"), ("Client", "Browser"), ("__RequestVerificationToken", token));
        using var response = await client.PostAsync("/account/sign-in", form);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    /// <param name="cookies">The state of the browser: each request begins with it.</param>
    /// <param name="session">A session cookie that is sent with every request; null for none.</param>
    private async Task<(List<string> Protected, HashSet<string> Pages)> CrawlAsync(CookieContainer cookies, string? session = null)
    {
        var (hits, pages, known) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var token = await TokenAsync();
        // Each request comes from a browser in the same state: what one answer deletes, the next request has.
        var state = string.Join("; ", cookies.GetAllCookies().Where(cookie => cookie.Name is not ("larkspur.form" or "larkspur.session"))
            .Select(cookie => $"{cookie.Name}={cookie.Value}").Append($"larkspur.form={token.Cookie}")
            .Concat(session is null ? [] : (string[])[$"larkspur.session={session}"]));
        using var client = _app.NewClient();
        var queue = new Queue<(string Method, string Path)>();
        foreach (var path in Endpoints().SelectMany(PathsOf).Append("/no-such-page").Append("/css/site.css"))
        {
            foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) Add(method, path);
            foreach (var handler in Handlers.Skip(1)) Add("POST", $"{path}?handler={handler}");
            // Spellings that a router may read otherwise than a rule for paths.
            foreach (var other in (string[])[path + "/", path.ToUpperInvariant(), "/" + path, path + "%2f", path + ";x"]) Add("GET", other);
        }

        while (queue.TryDequeue(out var next))
        {
            using var request = new HttpRequestMessage(new HttpMethod(next.Method), At(next.Path));
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.Add("Cookie", state);
            if (next.Method == "POST") request.Content = Form(("__RequestVerificationToken", token.Form), ("Code", "123456"), ("Reason", "x"), ("Days", "3"), ("id", "x"));
            using var response = await client.SendAsync(request);
            Assert.That((int)response.StatusCode, Is.LessThan(500), $"{next.Method} {next.Path}");
            var text = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode) pages.Add(At(next.Path).AbsolutePath);
            var reached = response.IsSuccessStatusCode && !IsOpen(At(next.Path).AbsolutePath);
            if (reached || text.Contains(ProtectedMark, StringComparison.Ordinal)) hits.Add($"{next.Method} {next.Path}");
            if (response.Headers.Location is { } location) Follow(new Uri(At(next.Path), location));
            foreach (var link in Link().Matches(text).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)))
            {
                if (Uri.TryCreate(At(next.Path), link, out var target)) Follow(target);
            }
        }

        return (hits, pages);

        Uri At(string path) => new($"http://{_app.Address.Authority}{path}");

        void Add(string method, string path)
        {
            if (known.Add($"{method} {path}")) queue.Enqueue((method, path));
        }

        void Follow(Uri target)
        {
            if (target.Authority != _app.Address.Authority) return;
            // Return addresses and tokens are new on every page: one address with them is enough.
            var kind = target.AbsolutePath + LongOrReturn().Replace(target.Query, "$1$2=*");
            if (known.Add($"GET {kind}")) queue.Enqueue(("GET", target.PathAndQuery));
        }

        // The token that a page of this state hands out, for anonymous forms or for the session's own.
        async Task<(string Cookie, string Form)> TokenAsync()
        {
            var jar = new CookieContainer();
            if (session is not null) jar.Add(_app.Address, new Cookie("larkspur.session", session));
            using var browser = _app.NewClient(jar);
            var html = await browser.GetStringAsync("/dev/clock");
            return (jar.GetAllCookies().Single(cookie => cookie.Name == "larkspur.form").Value, Token().Match(html).Groups[1].Value);
        }
    }

    private static bool IsOpen(string path) =>
        Public.Contains(path.ToLowerInvariant().TrimEnd('/')) || Path.GetExtension(path) is ".css" or ".js" or ".svg" or ".png" or ".ico";

    private IEnumerable<RouteEndpoint> Endpoints() => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IEnumerable<string> PathsOf(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.RawText!;
        var path = "/" + pattern.TrimStart('/').Replace("{tenant}", "larkspur", StringComparison.Ordinal).Replace("{id}", _alice.Value, StringComparison.Ordinal);
        Assert.That(path, Does.Not.Contain('{'), pattern);
        // A page Index has a second address, which is tried as well.
        return [path.ToLowerInvariant()];
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("(?i)(returnUrl)=[^&]*|(?<=[?&])([a-z]+)=[^&]{20,}")]
    private static partial Regex LongOrReturn();

    [GeneratedRegex("(?:href|action|formaction|src)=\"([^\"#]+)\"")]
    private static partial Regex Link();
}
