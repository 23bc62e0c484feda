using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Removes one's own authenticator: asks once more, then signs out.</summary>
public sealed class RemoveModel(
    EnrollmentService enrollment, AccountStatusService accounts, IOptions<TwoFactorOptions> options, TimeProvider time) : SessionPageModel
{
    public Notice? Notice { get; private set; }

    public AccountLock? Lock { get; private set; }

    /// <summary>What the authenticator app goes on showing, for the page after this one.</summary>
    [TempData]
    public string? Entry { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var status = await accounts.GetAsync(Me.UserId, cancellationToken);
        if (!status.IsEnrolled) return RedirectToPage("Index");
        return HasFreshProof(time.GetUtcNow(), options.Value) ? Page() : AskForProof();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await enrollment.UnregisterAsync(Me.UserId, Me.Proof, cancellationToken))
        {
            case UnregisterResult.Removed removed:
                await SessionCookie.ClearAsync(HttpContext);
                Entry = $"{removed.Issuer}: {removed.AccountName}";
                return RedirectToPage("/Account/Removed");
            case UnregisterResult.ProofRequired:
                return AskForProof();
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
