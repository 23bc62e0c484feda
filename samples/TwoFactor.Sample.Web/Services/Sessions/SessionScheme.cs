using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Sample.Web.Hosting;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Services.Sessions;

/// <summary>The cookie of a finished sign-in. The library writes it and ends it when the account's second factor changes.</summary>
public static class SessionScheme
{
    public const string Name = "Session";

    public static void Configure(CookieAuthenticationOptions options, bool insecure)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Lax: a link in an e-mail finds the user signed in, and no other site can post in his name.
        SampleCookies.Set(options.Cookie, "larkspur.session", SameSiteMode.Lax, insecure);
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.LoginPath = "/account/sign-in";
        options.AccessDeniedPath = "/error";
        options.ReturnUrlParameter = "returnUrl";
        var redirect = options.Events.OnRedirectToLogin;
        options.Events.OnRedirectToLogin = context =>
        {
            if (context.HttpContext.HasEndedTwoFactorSession())
                context.RedirectUri = QueryHelpers.AddQueryString(context.RedirectUri, "notice", nameof(SignInNotice.SessionEnded));
            return redirect(context);
        };
    }
}
