using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace TwoFactor.Sample.Web.Services.PendingSignIns;

/// <summary>
/// Keeps the half-finished sign-in in an encrypted cookie of its own. It is not the default scheme, so no page takes it for a session.
/// The challenge inside ends by itself and when it is used, whatever becomes of the cookie.
/// </summary>
public static class PendingSignInCookie
{
    public const string Scheme = "PendingSignIn";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "larkspur.sign-in";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // The longest a challenge can be configured to live.
        options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        options.SlidingExpiration = false;
    }

    public static Task WriteAsync(HttpContext context, PendingSignIn pending) => context.SignInAsync(Scheme, pending.ToPrincipal());

    public static async Task<PendingSignIn?> ReadAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(Scheme);
        return result.Principal is { } principal ? PendingSignIn.Read(principal) : null;
    }

    public static Task ClearAsync(HttpContext context) => context.SignOutAsync(Scheme);
}
