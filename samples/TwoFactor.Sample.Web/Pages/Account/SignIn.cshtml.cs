using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Organizations;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Invitations;
using TwoFactor.Sample.Web.Services.Passwords;
using TwoFactor.Sample.Web.Services.SignIns;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>The first factor.</summary>
[AllowAnonymous]
public sealed class SignInModel(
    PasswordCheck passwords,
    FirstFactor firstFactor,
    UserDirectory users,
    IMembershipSource members,
    InvitationLink invitations,
    IHostEnvironment environment) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [StringLength(254, ErrorMessage = "That is too long for an e-mail address.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter your password.")]
    [StringLength(128, ErrorMessage = "A password has at most 128 characters.")]
    public string Password { get; set; } = "";

    /// <summary>What the user signs in with: to be chosen in development only, where it stands for the application that asks.</summary>
    [BindProperty]
    [EnumDataType(typeof(ClientKind), ErrorMessage = "Choose a client.")]
    public ClientKind Client { get; set; } = ClientKind.Browser;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true, Name = "notice")]
    public string? NoticeName { get; set; }

    /// <summary>Why the user is here, on the first visit only.</summary>
    public Notice? Notice =>
        HttpMethods.IsGet(Request.Method) ? SignInNoticeText.Of(Enum.TryParse<SignInNotice>(NoticeName, out var notice) ? notice : null) : null;

    public AccountLock? Lock { get; private set; }

    public bool IsDevelopment => environment.IsDevelopment();

    /// <summary>In development: the token that the invitation e-mail would carry; null once it was used.</summary>
    public async Task<string?> InvitationAsync() =>
        await users.FindByEmailAsync(DemoAccounts.Invited.Email) is { HasPassword: false } user ? invitations.Write(user.UserId) : null;

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? LocalRedirect(ReturnUrls.OrHome(ReturnUrl)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();
        if (await passwords.PassAsync(Email, Password, cancellationToken) is { } user) return await ContinueAsync(user, SignInMethodKind.Password, cancellationToken);
        // The same words for an unknown address, a wrong password and an account that this one has locked.
        ModelState.AddModelError("", "E-mail address or password is wrong. After several wrong passwords an account is locked for a while.");
        return Page();
    }

    /// <summary>
    /// A sign-in link, single sign-on or a third-party login, simulated: nothing is checked, so it exists in development alone.
    /// </summary>
    public async Task<IActionResult> OnPostSimulateAsync(SignInMethodKind method, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment()) return NotFound();
        if (!Enum.IsDefined(method) || method == SignInMethodKind.Password) return BadRequest();
        ModelState.Remove(nameof(Password));
        if (!ModelState.IsValid) return Page();
        if (await users.FindByEmailAsync(Email, cancellationToken) is not { } user)
        {
            ModelState.AddModelError(nameof(Email), "There is no account with this address.");
            return Page();
        }

        if (method == SignInMethodKind.Sso
            && !(await members.GetMembershipsAsync(user.UserId, cancellationToken)).Any(m => m.IdentityProvider is not null))
        {
            ModelState.AddModelError(nameof(Email), "No organisation offers single sign-on to this address.");
            return Page();
        }

        return await ContinueAsync(user, method, cancellationToken);
    }

    private async Task<IActionResult> ContinueAsync(User user, SignInMethodKind method, CancellationToken cancellationToken)
    {
        var client = environment.IsDevelopment() ? Client : ClientKind.Browser;
        var result = await firstFactor.PassedAsync(HttpContext, user, method, client, ReturnUrl, cancellationToken);
        if (result.Next is { } next) return next;
        Lock = result.Lock;
        if (Lock is null) ModelState.AddModelError("", "We are busy just now. Try again in a moment.");
        return Page();
    }
}
