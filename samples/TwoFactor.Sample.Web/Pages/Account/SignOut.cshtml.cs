using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignOutModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await SessionCookie.ClearAsync(HttpContext);
        await PendingSignInCookie.ClearAsync(HttpContext);
        return RedirectToPage("SignIn", new { notice = SignInNotice.SignedOut });
    }
}
