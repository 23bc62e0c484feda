using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Provisioning;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.SignIns;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>
/// A new account. It tells when an address is taken: a product sends an e-mail instead and tells nothing, and the sample sends none.
/// </summary>
[AllowAnonymous]
public sealed class RegisterModel(
    UserDirectory users, TenantDirectory tenants, EntityFrameworkDirectory members, FirstFactor firstFactor, TimeProvider time) : PageModel
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

    /// <summary>The organisation to join; null or empty for none.</summary>
    [BindProperty]
    public string? OrganizationId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>The organisations to choose from.</summary>
    public ImmutableArray<SelectListItem> Organizations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (OrganizationId is { Length: > 0 } wanted && Organizations.All(item => item.Value != wanted))
            ModelState.AddModelError(nameof(OrganizationId), "There is no such organisation.");
        if (Name.Any(char.IsControl)) ModelState.AddModelError(nameof(Name), "Use letters, digits and spaces.");
        // The address is what the authenticator app will show.
        if (ModelState.IsValid && !ProvisioningLabel.TryValidate(Email.Trim(), out _))
            ModelState.AddModelError(nameof(Email), "Authenticator apps cannot show this address. Use another.");
        if (!ModelState.IsValid) return Page();
        if (await users.AddAsync(Name, Email, Password, cancellationToken) is not { } user)
        {
            ModelState.AddModelError(nameof(Email), "There is an account with this address. Sign in instead.");
            return Page();
        }

        if (OrganizationId is { Length: > 0 } chosen)
            await members.JoinAsync(new(chosen), user.UserId, time.GetUtcNow(), cancellationToken: cancellationToken);

        // Should the new user not be let in, he signs in by the front door.
        var result = await firstFactor.PassedAsync(
            HttpContext, user, SignInMethodKind.Password, ClientKind.Browser, ReturnUrl, cancellationToken);
        return result.Next ?? RedirectToPage("SignIn", new { ReturnUrl });
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Organizations =
    [
        new("None, just me", ""),
        .. (await tenants.ListAsync(cancellationToken)).Select(tenant => new SelectListItem(tenant.Name, tenant.Id)),
    ];
}
