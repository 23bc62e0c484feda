using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Hosting;
using TwoFactor.Sample.Web.Tests.Hosting;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests;

/// <summary>What a browser does not show: headers, forged requests, files.</summary>
public sealed partial class HttpTests
{
    private static readonly string[] Pages =
    [
        "/", "/account/sign-in", "/account/register", "/account/challenge", "/account/sign-out", "/account/removed",
        "/account/activate", "/account/set-up", "/account/turned-away", "/account/reminder",
        "/admin/larkspur", "/admin/larkspur/security", "/admin/larkspur/users", "/admin/larkspur/users/0123456789abcdef0123456789abcdef", "/admin/larkspur/audit",
        "/security", "/security/authenticator", "/security/replace", "/security/backup-codes", "/security/backup-codes/file", "/security/devices",
        "/security/password", "/security/remove", "/security/verify",
    ];

    [Test]
    public async Task Every_answer_forbids_foreign_scripts_frames_and_caching()
    {
        await using var app = new SampleApp();
        using var client = Client(app);
        foreach (var path in Pages.Append("/no-such-page"))
        {
            using var response = await client.GetAsync(path);
            Assert.That(Header(response, "Content-Security-Policy"), Does.StartWith("default-src 'none'; script-src 'self'; style-src 'self';").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"), path);
            Assert.That(Header(response, "X-Frame-Options"), Is.EqualTo("DENY"), path);
            Assert.That(Header(response, "X-Content-Type-Options"), Is.EqualTo("nosniff"), path);
            if (response.Content.Headers.ContentType is not null) Assert.That(Header(response, "Cache-Control"), Does.Contain("no-store"), path);
        }
    }

    [Test, Attack(24)]
    public async Task Without_a_session_every_protected_page_leads_to_the_sign_in_page()
    {
        await using var app = new SampleApp();
        using var client = Client(app);
        foreach (var path in Pages.Where(IsProtected).Append("/no-such-page"))
        {
            using var response = await client.GetAsync(path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), path);
            Assert.That(response.Headers.Location?.ToString(), Does.Contain("/account/sign-in?returnUrl="), path);
        }
    }

    [Test]
    public async Task A_form_without_its_antiforgery_token_is_refused_without_details()
    {
        await using var app = new SampleApp();
        using var client = Client(app);
        foreach (var path in Pages)
        {
            using var form = new FormUrlEncodedContent([new("Email", "alice@example.com"), new("Password", "alice-in-the-harbour"), new("Code", "123456")]);
            using var response = await client.PostAsync(path, form);
            Assert.That(response.StatusCode, Is.EqualTo(IsProtected(path) ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest), path);
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("Exception").And.Not.Contain("   at "), path);
            Assert.That(Header(response, "Set-Cookie"), Does.Not.Contain("larkspur.session").And.Not.Contain("larkspur-"), path);
        }
    }

    [Test]
    public async Task Passwords_are_hashed_with_as_many_iterations_as_OWASP_asks_for()
    {
        await using var app = new SampleApp();
        Assert.That(app.PasswordIterations, Is.GreaterThanOrEqualTo(210_000));
    }

    [Test]
    public async Task Outside_development_there_is_no_clock_page_and_no_demo_password()
    {
        await using var app = new SampleApp("Production");
        using var client = Client(app);
        using var clock = await client.GetAsync("/dev/clock");
        Assert.That(clock.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await client.GetStringAsync("/account/sign-in"), Does.Not.Contain("alice"));
        using var style = await client.GetAsync("/css/site.css");
        Assert.That(style.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test, Feature("E7"), Attack(35)]
    [Platform(Exclude = "Win", Reason = "Unix permissions"), UnsupportedOSPlatform("windows")]
    public async Task Data_and_keys_are_open_to_the_owner_alone()
    {
        await using var app = new SampleApp();
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var folder = new DataFolder(app.DataFolder);
        Assert.That(File.GetUnixFileMode(folder.Path) & Others, Is.EqualTo(UnixFileMode.None));
        Assert.That(File.GetUnixFileMode(folder.SeedKeys), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Convert.FromBase64String(File.ReadAllText(folder.SeedKeys, Encoding.ASCII)), Has.Length.EqualTo(32));
    }

    [Test, Attack(35)]
    public async Task A_database_that_fails_lets_nobody_in_and_tells_nothing_of_the_program()
    {
        await using var app = new SampleApp();
        using var client = Client(app);
        var token = AntiforgeryToken().Match(await client.GetStringAsync("/account/sign-in")).Groups[1].Value;
        await using (var connection = new SqliteConnection($"Data Source={new DataFolder(app.DataFolder).Database}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE two_factor_audit_events; DROP TABLE two_factor_accounts";
            await command.ExecuteNonQueryAsync();
        }

        using var form = new FormUrlEncodedContent(
            [new("Email", "alice@example.com"), new("Password", "alice-in-the-harbour"), new("__RequestVerificationToken", token)]);
        using var response = await client.PostAsync("/account/sign-in", form);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("Something went wrong").And.Not.Contain("Sqlite").And.Not.Contain("two_factor").And.Not.Contain("   at "));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test, Feature("C7"), Attack(24)]
    public async Task Outside_development_nobody_signs_in_by_a_simulated_method_or_as_another_client()
    {
        await using var app = new SampleApp("Production");
        using var client = Client(app);
        var page = await client.GetStringAsync("/account/sign-in");
        Assert.That(page, Does.Not.Contain("Simulate").And.Not.Contain("invitation"));
        var token = AntiforgeryToken().Match(page).Groups[1].Value;
        foreach (var method in (string[])["MagicLink", "Sso", "External", "Password", "7"])
        {
            using var form = new FormUrlEncodedContent([new("Email", "felix@fernhill.example"), new("__RequestVerificationToken", token)]);
            using var response = await client.PostAsync($"/account/sign-in?handler=Simulate&method={method}", form);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), method);
            Assert.That(Header(response, "Set-Cookie"), Does.Not.Contain("larkspur.session").And.Not.Contain("larkspur-"), method);
        }
    }

    [Test, Attack(24)]
    public async Task Outside_development_every_cookie_is_for_this_host_and_https_alone()
    {
        await using var app = new SampleApp("Production", "TwoFactor:TrustedDevices:Days=30");
        var dora = await app.Services.GetRequiredService<UserDirectory>().AddAsync("Dora Dunn", "dora@example.com", "a few words of mine");
        var (phone, _) = await app.EnrolAsync(dora!.UserId);
        using var client = Client(app);
        var cookies = new List<string>();

        var token = AntiforgeryToken().Match(await ReadAsync("/account/sign-in")).Groups[1].Value;
        using var first = new FormUrlEncodedContent([new("Email", "dora@example.com"), new("Password", "a few words of mine"), new("__RequestVerificationToken", token)]);
        using var asked = await client.PostAsync("/account/sign-in", first);
        Collect(asked);
        token = AntiforgeryToken().Match(await ReadAsync("/account/challenge")).Groups[1].Value;
        using var second = new FormUrlEncodedContent([new("Code", phone.Code()), new("TrustBrowser", "true"), new("__RequestVerificationToken", token)]);
        using var signedIn = await client.PostAsync("/account/challenge", second);
        Collect(signedIn);
        Assert.That(await ReadAsync("/"), Does.Contain("Password and authenticator app"));

        string[] names = [.. cookies.Select(cookie => cookie[..cookie.IndexOf('=', StringComparison.Ordinal)]).Distinct()];
        Assert.That(names, Is.SupersetOf((string[])["__Host-larkspur.form", "__Host-larkspur.session", "__Host-larkspur-sign-in"]));
        Assert.That(names, Has.Some.StartsWith("__Host-larkspur-trust-"));
        Assert.That(names, Has.All.StartsWith("__Host-"));
        Assert.That(cookies, Has.All.Contain("; secure").And.All.Contain("; httponly").And.All.Contain("; samesite=").And.All.Contain("; path=/"));
        Assert.That(cookies, Has.None.Contain("domain="));

        async Task<string> ReadAsync(string path)
        {
            using var response = await client.GetAsync(path);
            Collect(response);
            return await response.Content.ReadAsStringAsync();
        }

        void Collect(HttpResponseMessage response)
        {
            if (response.Headers.TryGetValues("Set-Cookie", out var values)) cookies.AddRange(values);
        }
    }

    [Test]
    public async Task A_proxy_on_this_machine_may_end_TLS_and_plain_http_is_told_what_to_do()
    {
        await using var app = new SampleApp("Production", "Kestrel:Endpoints:Plain:Url=http://127.0.0.1:0");
        var plain = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => a.StartsWith("http:", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri(plain) };
        using var refused = await client.GetAsync("/account/sign-in");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("https"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var served = await client.SendAsync(request);
        Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static bool IsProtected(string path) => path is "/" or "/account/reminder"
        || path.StartsWith("/security", StringComparison.Ordinal) || path.StartsWith("/admin", StringComparison.Ordinal);

    private static HttpClient Client(SampleApp app) => app.NewClient(new CookieContainer());

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
