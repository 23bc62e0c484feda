using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Identity's validation of the security stamp, which now and then makes the principal anew from its tables: the two-factor session goes over into
/// the new one. The epoch of the session is checked by the cookie scheme itself, on every request.
/// </summary>
internal sealed class SessionKeepingStampValidator<TUser>(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<TUser> signInManager, ILoggerFactory logger)
    : SecurityStampValidator<TUser>(options, signInManager, logger) where TUser : class
{
    protected override async Task SecurityStampVerified(TUser user, CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var session = TwoFactorSession.Read(context.Principal);
        await base.SecurityStampVerified(user, context).ConfigureAwait(false);
        if (session is not null && context.Principal?.Identity is ClaimsIdentity identity) session.WriteTo(identity);
    }
}
