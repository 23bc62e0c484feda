using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Provisioning;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>
/// A new account. It tells when an address is taken: a product sends an e-mail instead and tells nothing, and the sample sends none.
/// </summary>
[AllowAnonymous]
public sealed class RegisterModel(UserDirectory users, SignInService signIn, TimeProvider time) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your name.")]
    [StringLength(100, ErrorMessage = "Use at most 100 characters.")]
    public string Name { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "That is not an e-mail address.")]
    [StringLength(254, ErrorMessage = "That is too long for an e-mail address.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 12, ErrorMessage = "Use 12 to 128 characters. A few words are easiest to remember.")]
    public string Password { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // The address is what the authenticator app will show.
        if (ModelState.IsValid && !ProvisioningLabel.TryValidate(Email.Trim(), out _))
            ModelState.AddModelError(nameof(Email), "Authenticator apps cannot show this address. Use another.");
        if (!ModelState.IsValid) return Page();
        if (await users.AddAsync(Name, Email, Password, cancellationToken) is not { } user)
        {
            ModelState.AddModelError(nameof(Email), "There is an account with this address. Sign in instead.");
            return Page();
        }

        // An account that was just made has no second factor; should it not be let in, it signs in by the front door.
        if (await signIn.BeginAsync(new SignInRequest(user.UserId), cancellationToken) is not BeginSignInResult.Allowed allowed)
            return RedirectToPage("SignIn", new { ReturnUrl });
        await SessionCookie.WriteAsync(HttpContext, UserSession.Of(user, allowed.Epoch, time.GetUtcNow()));
        return LocalRedirect(Url.OrHome(ReturnUrl));
    }
}
