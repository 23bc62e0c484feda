using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TwoFactor.Sample.Web.Services.PendingSignIns;

namespace TwoFactor.Sample.Web.Services.Sessions;

/// <summary>The cookie of a finished sign-in.</summary>
public static class SessionCookie
{
    public const string Scheme = "Session";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "larkspur.session";
        options.Cookie.HttpOnly = true;
        // Lax: a link in an e-mail finds the user signed in, and no other site can post in his name.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.LoginPath = "/account/sign-in";
        options.AccessDeniedPath = "/error";
        options.ReturnUrlParameter = "returnUrl";
        options.EventsType = typeof(SessionValidator);
    }

    /// <summary>Signs in, or renews the session with another proof; a half-finished sign-in ends with it.</summary>
    public static async Task WriteAsync(HttpContext context, UserSession session)
    {
        await PendingSignInCookie.ClearAsync(context);
        await context.SignInAsync(Scheme, session.ToPrincipal());
    }

    public static Task ClearAsync(HttpContext context) => context.SignOutAsync(Scheme);
}
