using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Identity's validation of a session, and before it, on every request, that of the epoch: a reset or an unregistered authenticator ends the
/// user's sessions at their next request. It reads one account. The security stamp keeps its own interval.
/// </summary>
internal sealed class EpochSecurityStampValidator<TUser>(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<TUser> signInManager, ILoggerFactory logger, IdentityAccounts accounts)
    : SecurityStampValidator<TUser>(options, signInManager, logger) where TUser : class
{
    public override async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = context.Principal?.FindFirstValue(SignInManager.Options.ClaimsIdentity.UserIdClaimType);
        if (id is null || (await accounts.StatusAsync(new UserId(id)).ConfigureAwait(false)).Epoch != IdentitySession.EpochOf(context.Properties))
        {
            context.RejectPrincipal();
            await SignInManager.SignOutAsync().ConfigureAwait(false);
            return;
        }

        await base.ValidateAsync(context).ConfigureAwait(false);
    }
}
