using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>
/// The events of a cookie scheme: the application's own, whether given as an object or as a type, and after them the check of the session. What is
/// assigned to these events later takes the place of the application's, never of the check.
/// </summary>
internal sealed class SessionEvents : CookieAuthenticationEvents
{
    private readonly SessionValidator _validator;

    public SessionEvents(CookieAuthenticationEvents? own, Type? ownType, SessionValidator validator)
    {
        _validator = validator;
        CookieAuthenticationEvents Own(HttpContext context) => ownType is not null
            ? (CookieAuthenticationEvents)context.RequestServices.GetRequiredService(ownType)
            : own ?? new CookieAuthenticationEvents();
        OnValidatePrincipal = c => Own(c.HttpContext).ValidatePrincipal(c);
        OnSigningIn = c => Own(c.HttpContext).SigningIn(c);
        OnSignedIn = c => Own(c.HttpContext).SignedIn(c);
        OnSigningOut = c => Own(c.HttpContext).SigningOut(c);
        OnCheckSlidingExpiration = c => Own(c.HttpContext).CheckSlidingExpiration(c);
        OnRedirectToLogin = c => Own(c.HttpContext).RedirectToLogin(c);
        OnRedirectToLogout = c => Own(c.HttpContext).RedirectToLogout(c);
        OnRedirectToAccessDenied = c => Own(c.HttpContext).RedirectToAccessDenied(c);
        OnRedirectToReturnUrl = c => Own(c.HttpContext).RedirectToReturnUrl(c);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        await base.ValidatePrincipal(context).ConfigureAwait(false);
        await _validator.ValidateAsync(context).ConfigureAwait(false);
    }

    public override async Task SigningIn(CookieSigningInContext context)
    {
        await base.SigningIn(context).ConfigureAwait(false);
        SessionValidator.Require(context);
    }
}
