using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TwoFactor.Sample.Web.Services.Passwords;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Changes the password. Trusted browsers are trusted no longer.</summary>
public sealed class PasswordModel(PasswordChange passwords) : SessionPageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your present password.")]
    [StringLength(128, ErrorMessage = "A password has at most 128 characters.")]
    public string Present { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 12, ErrorMessage = "Use 12 to 128 characters. A few words are easiest to remember.")]
    public string Wanted { get; set; } = "";

    [TempData]
    public string? Done { get; set; }

    public Notice? Notice { get; private set; }

    public void OnGet()
    {
        if (Done is { } done) Notice = new(NoticeKind.Success, done, "No browser is trusted any more: the next sign-in asks for a code.");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();
        switch (await passwords.ChangeAsync(Me.Email, Present, Wanted, cancellationToken))
        {
            case PasswordChangeResult.Changed:
                Done = "Your password is changed.";
                return RedirectToPage();
            case PasswordChangeResult.WrongPassword:
                ModelState.AddModelError(nameof(Present), "That is not your present password. After several wrong passwords an account is locked for a while.");
                break;
            default:
                ModelState.AddModelError("", "We are busy just now. Try again in a moment.");
                break;
        }

        return Page();
    }
}
