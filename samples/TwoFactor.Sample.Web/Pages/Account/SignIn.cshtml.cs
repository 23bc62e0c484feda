using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Passwords;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>The first factor.</summary>
[AllowAnonymous]
public sealed class SignInModel(PasswordCheck passwords, SignInService signIn, TimeProvider time) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [StringLength(254, ErrorMessage = "That is too long for an e-mail address.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter your password.")]
    [StringLength(128, ErrorMessage = "A password has at most 128 characters.")]
    public string Password { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true, Name = "notice")]
    public string? NoticeName { get; set; }

    /// <summary>Why the user is here, on the first visit only.</summary>
    public Notice? Notice =>
        HttpMethods.IsGet(Request.Method) ? SignInNoticeText.Of(Enum.TryParse<SignInNotice>(NoticeName, out var notice) ? notice : null) : null;

    public AccountLock? Lock { get; private set; }

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? LocalRedirect(Url.OrHome(ReturnUrl)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();
        if (await passwords.PassAsync(Email, Password, cancellationToken) is { } user) return await ContinueAsync(user, cancellationToken);
        // The same words for an unknown address, a wrong password and an account that this one has locked.
        ModelState.AddModelError("", "E-mail address or password is wrong. After several wrong passwords an account is locked for a while.");
        return Page();
    }

    private async Task<IActionResult> ContinueAsync(User user, CancellationToken cancellationToken)
    {
        switch (await signIn.BeginAsync(new SignInRequest(user.UserId), cancellationToken))
        {
            case BeginSignInResult.Allowed allowed:
                await SessionCookie.WriteAsync(HttpContext, UserSession.Of(user, allowed.Epoch, time.GetUtcNow()));
                return LocalRedirect(Url.OrHome(ReturnUrl));
            case BeginSignInResult.ChallengeRequired challenge:
                await PendingSignInCookie.WriteAsync(HttpContext, PendingSignIn.Of(user, challenge, ReturnUrl));
                return RedirectToPage("Challenge");
            case BeginSignInResult.LockedOut locked:
                Lock = locked.Lock;
                return Page();
            default:
                ModelState.AddModelError("", "We are busy just now. Try again in a moment.");
                return Page();
        }
    }
}
