using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace TwoFactor.AspNetCore.Tests.Endpoints.Support;

/// <summary>
/// A program in a browser: it keeps cookies by hand, so that a test can mix them, and sends the antiforgery token that it last got.
/// </summary>
internal sealed class ApiClient(HttpClient http)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public Dictionary<string, string> Cookies => _cookies;

    /// <summary>The token that changes are sent with; null to send none.</summary>
    public string? Antiforgery { get; set; }

    public string? AcceptLanguage { get; set; }

    public string UserAgent { get; set; } = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    public ApiClient Copy()
    {
        var copy = new ApiClient(http) { Antiforgery = Antiforgery, AcceptLanguage = AcceptLanguage, UserAgent = UserAgent };
        foreach (var (name, value) in _cookies) copy._cookies[name] = value;
        return copy;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Sends an object as JSON; null for no body at all.</summary>
    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, object? body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Answer> SendAsync(HttpMethod method, string path, object? body) => SendContentAsync(method, path, body switch
    {
        null => null,
        string text => Json(Encoding.UTF8.GetBytes(text)),
        byte[] bytes => Json(bytes),
        HttpContent content => content,
        _ => Json(JsonSerializer.SerializeToUtf8Bytes(body)),
    });

    public static ByteArrayContent Json(byte[] bytes, string mediaType = "application/json") =>
        new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };

    /// <summary>Gets the token for who the client is now.</summary>
    public async Task<ApiClient> WithTokenAsync()
    {
        var answer = (await GetAsync("/2fa/antiforgery")).MustSucceed();
        Assert.That(answer["headerName"].GetString(), Is.EqualTo("RequestVerificationToken"));
        Antiforgery = answer["token"].GetString();
        return this;
    }

    private async Task<Answer> SendContentAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        if (Antiforgery is not null && method != HttpMethod.Get) request.Headers.TryAddWithoutValidation("RequestVerificationToken", Antiforgery);
        if (AcceptLanguage is not null) request.Headers.TryAddWithoutValidation("Accept-Language", AcceptLanguage);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using var response = await http.SendAsync(request);
        foreach (var header in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : []) Keep(header);
        return new Answer(
            method, path, response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.CacheControl?.ToString(),
            response.Headers.TryGetValues("Retry-After", out var after) ? int.Parse(after.Single(), CultureInfo.InvariantCulture) : null,
            response.Content.Headers.ContentLanguage.SingleOrDefault(),
            await response.Content.ReadAsByteArrayAsync());
    }

    private void Keep(string header)
    {
        var pair = header.Split(';')[0].Split('=', 2);
        if (header.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)) _cookies.Remove(pair[0]);
        else _cookies[pair[0]] = pair[1];
    }
}
