using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignOutModel(WebSignIn signIn) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync(HttpContext);
        return RedirectToPage("SignIn", new { notice = SignInNotice.SignedOut });
    }
}
