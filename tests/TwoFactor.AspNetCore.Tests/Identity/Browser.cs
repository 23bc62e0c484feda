using System.Net;
using System.Text.RegularExpressions;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>What a browser shows after it has followed every redirect.</summary>
internal sealed record Page(HttpStatusCode Status, string Path, string Html)
{
    public string Text => WebUtility.HtmlDecode(Html);

    /// <summary>The name of the page: the last segment of its path.</summary>
    public string Name => Path.Split('?')[0].Split('/')[^1];

    /// <summary>The fields that the form on the page sends along by itself.</summary>
    public IEnumerable<KeyValuePair<string, string>> HiddenFields =>
        Regex.Matches(Html, """<input name="(__RequestVerificationToken)" type="hidden" value="([^"]+)" """.Trim()).Take(1)
            .Select(m => new KeyValuePair<string, string>(m.Groups[1].Value, m.Groups[2].Value));
}

/// <summary>A browser with its cookies: it opens pages and sends their forms, and knows nothing of the application but its addresses.</summary>
internal sealed class Browser(IdentityApp app) : IDisposable
{
    private const string Account = "/Identity/Account/";
    private readonly HttpClient _http = Client(app);

    public void Dispose() => _http.Dispose();

    public Task<Page> OpenAsync(string path) => ReadAsync(_http.GetAsync(new Uri(app.Address, path)));

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    public async Task<Page> SubmitAsync(string path, params (string Name, string Value)[] fields) => await SubmitAsync(await OpenAsync(path), fields);

    /// <summary>Fills in the form of a page that is open.</summary>
    public Task<Page> SubmitAsync(Page page, params (string Name, string Value)[] fields) => ReadAsync(_http.PostAsync(
        new Uri(app.Address, page.Path), new FormUrlEncodedContent(page.HiddenFields.Concat(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))))));

    public Task<Page> RegisterAsync(string email) => SubmitAsync(
        Account + "Register", ("Input.Email", email), ("Input.Password", IdentityApp.Password), ("Input.ConfirmPassword", IdentityApp.Password));

    public Task<Page> EnterPasswordAsync(string email, string password = IdentityApp.Password, bool rememberMe = false) => SubmitAsync(
        Account + "Login", ("Input.Email", email), ("Input.Password", password), ("Input.RememberMe", rememberMe ? "true" : "false"));

    public Task<Page> EnterCodeAsync(Page page, string code, bool remember = false) =>
        SubmitAsync(page, ("Input.TwoFactorCode", code), ("Input.RememberMachine", remember ? "true" : "false"));

    public Task<Page> EnterRecoveryCodeAsync(string code) => SubmitAsync(Account + "LoginWithRecoveryCode", ("Input.RecoveryCode", code));

    /// <summary>Password, then code.</summary>
    public async Task<Page> SignInAsync(string email, string code, bool remember = false) => await EnterCodeAsync(await EnterPasswordAsync(email), code, remember);

    public Task<Page> SignOutAsync() => SubmitAsync(Account + "Logout");

    public Task<Page> ManageAsync(string page) => OpenAsync(Account + "Manage/" + page);

    public Task<Page> ManageAsync(string page, params (string Name, string Value)[] fields) => SubmitAsync(Account + "Manage/" + page, fields);

    /// <summary>Sets up an authenticator on the page for it, which then shows the recovery codes.</summary>
    public async Task<(Authenticator App, string[] Codes)> SetUpAsync()
    {
        var page = await ManageAsync("EnableAuthenticator");
        var authenticator = AuthenticatorOf(page);
        return (authenticator, RecoveryCodesOf(await SubmitAsync(page, ("Input.Code", authenticator.CodeAt(app.Now)))));
    }

    /// <summary>The key that the set-up page shows.</summary>
    public static Authenticator AuthenticatorOf(Page page) => new(Regex.Match(page.Html, "<kbd>([a-z2-7 ]+)</kbd>").Groups[1].Value);

    /// <summary>The codes that are on the page.</summary>
    public static string[] RecoveryCodesOf(Page page) =>
        [.. Regex.Matches(page.Html, """<code class="recovery-code">([^<]+)</code>""").Select(m => m.Groups[1].Value)];

    private static HttpClient Client(IdentityApp app) =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = app.Address };

    private static async Task<Page> ReadAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return new Page(response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, await response.Content.ReadAsStringAsync());
    }
}
