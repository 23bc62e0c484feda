using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace TwoFactor.AspNetCore.Tests.Support;

/// <summary>
/// A browser as far as cookies go, kept by hand: what a test sends is what it says. It follows no redirect and forgets what it is told to delete.
/// </summary>
internal sealed class Browser(HttpClient client)
{
    private readonly Dictionary<string, string> _cookies = [];

    /// <summary>What it keeps, by name.</summary>
    public Dictionary<string, string> Cookies => _cookies;

    /// <summary>The <c>Set-Cookie</c> headers of the last answer.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    public string UserAgent { get; set; } = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    /// <summary>Another browser with the same cookies: a copy of the profile.</summary>
    public Browser Copy()
    {
        var copy = new Browser(client) { UserAgent = UserAgent };
        foreach (var (name, value) in _cookies) copy._cookies[name] = value;
        return copy;
    }

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, null, accept);

    public Task<Answer> PostAsync(string path, params (string Name, string? Value)[] fields) => SendAsync(HttpMethod.Post, path, fields, null);

    public async Task<Answer> SendAsync(HttpMethod method, string path, (string Name, string? Value)[]? fields, string? accept)
    {
        using var request = new HttpRequestMessage(method, path);
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        if (accept is not null) request.Headers.Add("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (fields is not null)
            request.Content = new FormUrlEncodedContent(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));
        using var response = await client.SendAsync(request);
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var cookie in SetCookies) Keep(cookie);
        return new Answer(response.StatusCode, response.Headers.Location?.OriginalString, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The header that set a cookie, or null.</summary>
    public string? HeaderOf(string name) => SetCookies.FirstOrDefault(c => c.StartsWith(name + "=", StringComparison.Ordinal));

    private void Keep(string header)
    {
        var pair = header.Split(';')[0].Split('=', 2);
        // This package and the framework delete by a date in 1970.
        if (header.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)) _cookies.Remove(pair[0]);
        else _cookies[pair[0]] = pair[1];
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string? Location, string? MediaType, string Body)
{
    public JsonElement Json => MediaType is "application/json" or "application/problem+json"
        ? JsonDocument.Parse(Body).RootElement
        : throw new AssertionException($"Expected JSON, got {(int)Status} {MediaType} {Location} {Body}");

    /// <summary>The field <c>kind</c> of the test application's answers.</summary>
    public string Kind => Text("kind")!;

    public string? Text(string field) => Json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
