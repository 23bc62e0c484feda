using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.AspNetCore.Authorization;

namespace TwoFactor.AspNetCore.Tests.Pages;

/// <summary>A page that asks for a factor shown within five minutes.</summary>
[RequireFreshTwoFactor(300)]
[IgnoreAntiforgeryToken]
public sealed class PayoutsModel : PageModel
{
    public ContentResult OnPost() => Content("paid");
}
