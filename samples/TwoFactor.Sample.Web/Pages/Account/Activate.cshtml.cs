using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Invitations;
using TwoFactor.Sample.Web.Services.SignIns;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>An invited user chooses a password. Where a second factor is required, it is set up before anything else: a new user has no grace.</summary>
[AllowAnonymous]
public sealed class ActivateModel(UserDirectory users, InvitationLink invitations, FirstFactor firstFactor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Invitation { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 12, ErrorMessage = "Use 12 to 128 characters. A few words are easiest to remember.")]
    public string Password { get; set; } = "";

    /// <summary>Null when the invitation is not, or no longer, good.</summary>
    public User? Invited { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Invited is null || !ModelState.IsValid) return Page();
        if (!await users.SetFirstPasswordAsync(Invited, Password, cancellationToken))
        {
            Invited = null;
            return Page();
        }

        var result = await firstFactor.PassedAsync(HttpContext, Invited, SignInMethodKind.Password, ClientKind.Browser, "/", cancellationToken);
        return result.Next ?? RedirectToPage("SignIn");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (invitations.Read(Invitation) is { } id && await users.FindAsync(id, cancellationToken) is { HasPassword: false } user) Invited = user;
    }
}
