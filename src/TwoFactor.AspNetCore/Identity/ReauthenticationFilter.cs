using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Pages of Identity change an authenticator without asking for a code. When the session has no fresh proof, the browser goes to the login page and
/// comes back to the page it was on, with one.
/// </summary>
internal sealed class ReauthenticationFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not TwoFactorProofRequiredException) return;
        var request = context.HttpContext.Request;
        var page = request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString.ToUriComponent();
        context.Result = new ChallengeResult(IdentityConstants.ApplicationScheme, new AuthenticationProperties { RedirectUri = page });
        context.ExceptionHandled = true;
    }
}
