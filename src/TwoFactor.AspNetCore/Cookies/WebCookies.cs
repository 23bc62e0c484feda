using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Diagnostics;

namespace TwoFactor.AspNetCore.Cookies;

/// <summary>
/// The one place that says how this package's cookies are set: <c>__Host-</c> (RFC 6265bis, 4.1.3.2: this host alone, every path, https), Secure,
/// HttpOnly, SameSite. Without the prefix and Secure only where the options allow it, in development.
/// </summary>
internal sealed class WebCookies(IOptions<TwoFactorWebOptions> options, ILogger<WebCookies> logger)
{
    private readonly ChunkingCookieManager _chunks = new();
    private readonly TwoFactorWebOptions _options = options.Value;

    /// <summary>The whole name of a cookie.</summary>
    public string NameOf(string purpose) => $"{(_options.AllowInsecureCookies ? "" : "__Host-")}{_options.CookieName}-{purpose}";

    /// <summary>What the browser sent; null for nothing. Long values come in several cookies.</summary>
    public string? Read(HttpContext context, string name)
    {
        var value = _chunks.GetRequestCookie(context, name);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    public void Write(HttpContext context, string name, string value, TimeSpan maxAge)
    {
        if (!context.Request.IsHttps && !_options.AllowInsecureCookies) WebLog.InsecureRequest(logger);
        var cookie = OptionsFor(context);
        cookie.MaxAge = maxAge;
        _chunks.AppendResponseCookie(context, name, value, cookie);
    }

    public void Delete(HttpContext context, string name) => _chunks.DeleteCookie(context, name, OptionsFor(context));

    private CookieOptions OptionsFor(HttpContext context) => new()
    {
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = _options.CookieSameSite,
        Secure = !_options.AllowInsecureCookies || context.Request.IsHttps,
    };
}
