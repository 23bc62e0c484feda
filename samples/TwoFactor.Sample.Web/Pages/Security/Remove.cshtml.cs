using Microsoft.AspNetCore.Mvc;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Removes one's own authenticator: asks once more, then signs out.</summary>
[RequireFreshTwoFactor]
public sealed class RemoveModel(WebSetup setup) : SessionPageModel
{
    public Notice? Notice { get; private set; }

    public AccountLock? Lock { get; private set; }

    /// <summary>What the authenticator app goes on showing, for the page after this one.</summary>
    [TempData]
    public string? Entry { get; set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await setup.RemoveAsync(HttpContext, cancellationToken))
        {
            case UnregisterResult.Removed removed:
                Entry = $"{removed.Issuer}: {removed.AccountName}";
                return RedirectToPage("/Account/Removed");
            case UnregisterResult.ProofRequired:
                // It grew old, or the authenticator another, while the request was on its way: the requirement asks anew.
                return RedirectToPage();
            case UnregisterResult.LockedOut locked:
                Lock = locked.Lock;
                break;
            case UnregisterResult.NotEnrolled:
                return RedirectToPage("Index");
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        return Page();
    }
}
