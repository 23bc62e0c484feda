using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
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
        "/security", "/security/authenticator", "/security/backup-codes", "/security/remove", "/security/verify",
    ];

    [Test]
    public async Task Every_answer_forbids_foreign_scripts_frames_and_caching()
    {
        await using var app = new SampleApp();
        using var client = Client(app);
        foreach (var path in Pages.Append("/no-such-page"))
        {
            using var response = await client.GetAsync(path);
            Assert.That(Header(response, "Content-Security-Policy"), Does.StartWith("default-src 'self';").And.Not.Contain("unsafe"), path);
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
            Assert.That(Header(response, "Set-Cookie"), Does.Not.Contain("larkspur.session").And.Not.Contain("larkspur.sign-in"), path);
        }
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
        await using (var connection = new SqliteConnection(new DataFolder(app.DataFolder).ConnectionString))
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
            Assert.That(Header(response, "Set-Cookie"), Does.Not.Contain("larkspur.session").And.Not.Contain("larkspur.sign-in"), method);
        }
    }

    private static bool IsProtected(string path) => path is "/" or "/account/reminder"
        || path.StartsWith("/security", StringComparison.Ordinal) || path.StartsWith("/admin", StringComparison.Ordinal);

    private static HttpClient Client(SampleApp app) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
