using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Services.Sessions;

/// <summary>
/// Asks at every request whether the account is still in the epoch that the session was made in: unregistering, replacing or resetting
/// the second factor signs out every browser at its next request.
/// </summary>
public sealed class SessionValidator(AccountStatusService accounts) : CookieAuthenticationEvents
{
    private static readonly object Ended = new();

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var session = context.Principal is { } principal ? UserSession.Read(principal) : null;
        if (session is not null)
        {
            var status = await accounts.GetAsync(session.UserId, context.HttpContext.RequestAborted);
            if (status.Epoch == session.Epoch) return;
        }

        context.HttpContext.Items[Ended] = true;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SessionCookie.Scheme);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.Items.ContainsKey(Ended))
            context.RedirectUri = QueryHelpers.AddQueryString(context.RedirectUri, "notice", nameof(SignInNotice.SessionEnded));
        return base.RedirectToLogin(context);
    }
}
