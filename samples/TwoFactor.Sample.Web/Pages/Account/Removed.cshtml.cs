using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>After the authenticator was removed and the user signed out: the app does not know, and keeps the entry.</summary>
[AllowAnonymous]
public sealed class RemovedModel : PageModel
{
    /// <summary>What the app still shows, from the request before; null when the page is opened by itself.</summary>
    [TempData]
    public string? Entry { get; set; }

    public IActionResult OnGet() => Entry is null ? RedirectToPage("SignIn") : Page();
}
