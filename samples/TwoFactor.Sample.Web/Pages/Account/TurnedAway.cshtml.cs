using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Sample.Web.Services.SignIns;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>After a first factor that passed and still leads nowhere: why, and what helps.</summary>
[AllowAnonymous]
public sealed class TurnedAwayModel : PageModel
{
    public TurnedAway? Refusal { get; private set; }

    public string Places => ClientText.AnyOf(Refusal!.Clients);

    public IActionResult OnGet()
    {
        Refusal = TurnedAway.Read(TempData);
        return Refusal is null ? RedirectToPage("SignIn") : Page();
    }
}
