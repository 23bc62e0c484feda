using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Pages of Identity change an authenticator without asking for a code. When the session has no fresh proof, the browser goes to the host's step-up
/// page, or where there is none to the login page, and comes back with one.
/// </summary>
internal sealed class ReauthenticationFilter(IOptions<TwoFactorWebOptions> options) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not TwoFactorProofRequiredException) return;
        var request = context.HttpContext.Request;
        var page = request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString.ToUriComponent();
        context.Result = options.Value.StepUpPath is { } path
            ? new LocalRedirectResult(QueryHelpers.AddQueryString($"{request.PathBase}{path}", options.Value.ReturnUrlParameter, page))
            : new ChallengeResult(IdentityConstants.ApplicationScheme, new AuthenticationProperties { RedirectUri = page });
        context.ExceptionHandled = true;
    }
}
