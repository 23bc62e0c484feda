using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Logging;
using TwoFactor.AspNetCore.Diagnostics;
using TwoFactor.Status;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>
/// Asks at every request whether the account is still in the epoch that the session was made in: a reset, an unregistering or a new authenticator
/// signs out every browser at its next request. A store that throws ends the request with its exception: doubt is no session.
/// </summary>
internal sealed class SessionValidator(AccountStatusService accounts, ILogger<SessionValidator> logger)
{
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        // The application's own check has refused it.
        if (context.Principal is null) return;
        if (TwoFactorSession.Read(context.Principal) is { } session)
        {
            var status = await accounts.GetAsync(session.UserId, context.HttpContext.RequestAborted).ConfigureAwait(false);
            if (status.Epoch == session.Epoch) return;
            WebLog.SessionEnded(logger, session.UserId, session.Epoch, status.Epoch);
            EndedSession.Mark(context.HttpContext);
        }
        else
        {
            WebLog.SessionMissing(logger);
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name).ConfigureAwait(false);
    }

    /// <summary>Signing in without a session would end at the next request; it is told where it is done.</summary>
    public static void Require(CookieSigningInContext context)
    {
        if (TwoFactorSession.Read(context.Principal) is not null) return;
        throw new InvalidOperationException(
            $"The scheme '{context.Scheme.Name}' keeps two-factor sessions, and this principal carries none. Sign users in through WebSignIn.BeginAsync, or write a TwoFactorSession into the identity.");
    }
}
