using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>Writes, renews, reads and ends the session in the application's cookie scheme.</summary>
internal sealed class SessionCookie(SessionSchemes schemes)
{
    /// <summary>The session of this request, as the cookie scheme has validated it; null when there is none.</summary>
    public async Task<TwoFactorSession?> ReadAsync(HttpContext context) =>
        TwoFactorSession.Read((await AuthenticateAsync(context).ConfigureAwait(false)).Principal);

    /// <summary>Signs in: a new cookie, whatever was there before.</summary>
    public async Task WriteAsync(HttpContext context, TwoFactorSession session, IEnumerable<Claim> claims, bool isPersistent)
    {
        var identity = new ClaimsIdentity(SessionClaims.Of(session.UserId, claims), schemes.Primary);
        session.WriteTo(identity);
        await SetAsync(context, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = isPersistent }).ConfigureAwait(false);
    }

    /// <summary>The same session with another state: same claims, same end.</summary>
    public async Task RenewAsync(HttpContext context, TwoFactorSession session)
    {
        var current = await AuthenticateAsync(context).ConfigureAwait(false);
        if (current.Principal is null || TwoFactorSession.Read(current.Principal) is null) throw new InvalidOperationException("There is no session to renew.");
        var principal = current.Principal.Clone();
        session.WriteTo(principal.Identities.First(i => i.HasClaim(c => c.Type == TwoFactorSession.ClaimType && c.Issuer == TwoFactorSession.ClaimIssuer)));
        await SetAsync(context, principal, current.Properties).ConfigureAwait(false);
    }

    public async Task EndAsync(HttpContext context)
    {
        await context.SignOutAsync(schemes.Primary).ConfigureAwait(false);
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
    }

    // By the handler itself: what an IClaimsTransformation adds to a request, such as roles of the day, must not be written into the cookie.
    private async Task<AuthenticateResult> AuthenticateAsync(HttpContext context)
    {
        var handlers = context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        var handler = await handlers.GetHandlerAsync(context, schemes.Primary).ConfigureAwait(false);
        return await handler!.AuthenticateAsync().ConfigureAwait(false);
    }

    private async Task SetAsync(HttpContext context, ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        await context.SignInAsync(schemes.Primary, principal, properties).ConfigureAwait(false);
        // What this request still renders is the session's first page: its forms belong to the user.
        var transformation = context.RequestServices.GetRequiredService<IClaimsTransformation>();
        context.User = await transformation.TransformAsync(principal.Clone()).ConfigureAwait(false);
    }
}
