using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Whatever went wrong, in words, without details of the program.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Status { get; set; }

    public (string Title, string Text) Message => Status switch
    {
        StatusCodes.Status404NotFound => ("There is no such page", "The address may be mistyped, or the page was moved."),
        StatusCodes.Status403Forbidden => (
            "This is not yours to see",
            "Your role does not allow it, and the attempt was recorded. Ask a system administrator if you need it."),
        StatusCodes.Status405MethodNotAllowed => ("This page does not do that", "Go back, reload the page and try again."),
        StatusCodes.Status400BadRequest => ("This form is out of date", "Go back, reload the page and try again."),
        _ => ("Something went wrong", "Nothing was changed. Try again in a moment."),
    };
}
