using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Replaces all backup codes.</summary>
[RequireFreshTwoFactor]
public sealed class BackupCodesModel(WebSetup setup, AccountStatusService accounts) : SessionPageModel
{
    public int CodesLeft { get; private set; }

    public ImmutableArray<string>? Codes { get; private set; }

    public Notice? Notice { get; private set; }

    public AccountLock? Lock { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        CodesLeft = (await accounts.GetAsync(Me.UserId, cancellationToken)).BackupCodesLeft;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await setup.RegenerateBackupCodesAsync(HttpContext, cancellationToken))
        {
            case RegenerateBackupCodesResult.Regenerated regenerated:
                Codes = regenerated.BackupCodes;
                break;
            case RegenerateBackupCodesResult.ProofRequired:
                // It grew old, or the authenticator another, while the request was on its way: the requirement asks anew.
                return RedirectToPage();
            case RegenerateBackupCodesResult.LockedOut locked:
                Lock = locked.Lock;
                break;
            case RegenerateBackupCodesResult.NotEnrolled:
                return RedirectToPage("Index");
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        return Page();
    }
}
