using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Sample.Web.Services.Sessions;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>A page for users who are signed in.</summary>
public abstract class SessionPageModel : PageModel
{
    /// <summary>Who is signed in. The fallback policy lets nobody else get here.</summary>
    public UserSession Me => UserSession.Read(User) ?? throw new InvalidOperationException("This page was reached without a session.");

    /// <summary>Asks for a code first, then comes back here.</summary>
    protected IActionResult AskForProof() => RedirectToPage("/Security/Verify", new { returnUrl = Request.Path.Value });

    /// <summary>True when the session's proof is recent enough for what changes the second factor; the service has the last word.</summary>
    protected bool HasFreshProof(DateTimeOffset now, TwoFactorOptions options) => Me.Proof?.IsFresh(now, options.Enrollment.ProofMaxAge) is true;
}
