using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// A sign-in that waits for a code of an authenticator in Identity's own tables, of which our store knows nothing. It ends with the cookie, and when
/// the security stamp changes, as with a new password.
/// </summary>
/// <param name="UserId">Who.</param>
/// <param name="Stamp">The user's security stamp when the password passed.</param>
/// <param name="LoginProvider">The external provider that the first factor came from; null for a password.</param>
internal sealed record ExistingAttempt(UserId UserId, string Stamp, string? LoginProvider)
{
    private const string StampClaim = "TwoFactor.Existing";

    public async Task WriteAsync(HttpContext context, DateTimeOffset expires)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, UserId.Value));
        identity.AddClaim(new Claim(StampClaim, Stamp));
        if (LoginProvider is not null) identity.AddClaim(new Claim(ClaimTypes.AuthenticationMethod, LoginProvider));
        await context.SignInAsync(
            IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = expires }).ConfigureAwait(false);
    }

    public static async Task<ExistingAttempt?> ReadAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme).ConfigureAwait(false);
        return result.Principal is { } principal && principal.FindFirst(ClaimTypes.Name)?.Value is { } user && principal.FindFirst(StampClaim)?.Value is { } stamp
            ? new ExistingAttempt(new UserId(user), stamp, principal.FindFirst(ClaimTypes.AuthenticationMethod)?.Value)
            : null;
    }
}
