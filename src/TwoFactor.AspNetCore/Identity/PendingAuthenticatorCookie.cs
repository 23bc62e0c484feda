using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Shows a user the same key again while he types its first code: Identity's set-up page asks for the key on every request, and the core gives a
/// seed out once. The key goes encrypted to the browser that shows it, for the path of that page alone, and ends with the offer.
/// </summary>
internal sealed class PendingAuthenticatorCookie(IDataProtectionProvider protection, IOptions<TwoFactorWebOptions> web, TimeProvider time)
{
    private readonly string _name = $"{web.Value.CookieName}-identity-setup";
    private readonly IDataProtector _protector = protection.CreateProtector("TwoFactor.AspNetCore.Identity.PendingAuthenticator.v1");

    public void Write(HttpContext context, PendingAuthenticator pending)
    {
        var plain = string.Join('\n', pending.UserId.Value, pending.EnrollmentId, pending.ExpiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture), pending.Key);
        context.Response.Cookies.Append(_name, _protector.Protect(plain), Options(context));
    }

    /// <summary>What the browser shows; null when there is nothing, or it is another user's, or over.</summary>
    public PendingAuthenticator? Read(HttpContext context, UserId user)
    {
        if (context.Request.Cookies[_name] is not { Length: > 0 } text || Unprotect(text) is not { } plain) return null;
        if (plain.Split('\n') is not [var owner, var id, var ticks, var key] || owner != user.Value || !EnrollmentId.TryParse(id, out var enrollment)) return null;
        var expires = new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
        return time.GetUtcNow() < expires ? new PendingAuthenticator(user, enrollment, key, expires) : null;
    }

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(_name, Options(context));

    private string? Unprotect(string text)
    {
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            // Not ours, damaged, or of a key ring that is gone: the page shows a new key.
            return null;
        }
    }

    [SuppressMessage("Security", "CA5382", Justification = "Secure is left out where the options allow it, in development.")]
    private CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = !web.Value.AllowInsecureCookies || context.Request.IsHttps,
        SameSite = web.Value.CookieSameSite,
        Path = context.Request.PathBase.Add(context.Request.Path).ToUriComponent(),
        IsEssential = true,
    };
}
