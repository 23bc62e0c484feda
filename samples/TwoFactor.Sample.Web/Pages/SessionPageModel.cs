using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Sample.Web.Services.Sessions;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>A page for users who are signed in.</summary>
public abstract class SessionPageModel : PageModel
{
    /// <summary>Who is signed in. The fallback policy lets nobody else get here.</summary>
    public SignedInUser Me => SignedInUser.Read(User) ?? throw new InvalidOperationException("This page was reached without a session.");
}
