using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Pages.Account;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>A fresh proof inside a session, before something that changes the second factor.</summary>
public sealed class VerifyModel(SignInService signIn, IOptions<TwoFactorOptions> options) : SessionPageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public MfaFactorType Factor => With == ChallengeModel.BackupCode ? MfaFactorType.BackupCode : MfaFactorType.Totp;

    public Notice? ClockHint { get; private set; }

    public AccountLock? Lock { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await signIn.StepUpAsync(Me.UserId, Factor, Code ?? "", cancellationToken))
        {
            case StepUpResult.Proved proved:
                await SessionCookie.WriteAsync(HttpContext, Me.With(proved.Proof));
                return LocalRedirect(Url.OrHome(ReturnUrl));
            case StepUpResult.Refused { Refusal: CodeRefusal.LockedOut locked }:
                Lock = locked.Lock;
                return Page();
            case StepUpResult.Refused refused:
                ClockHint = RefusalText.ClockHint(refused.Refusal);
                ModelState.AddModelError(nameof(Code), RefusalText.Of(refused.Refusal, Factor, options.Value.Totp.Digits));
                return Page();
            default:
                return RedirectToPage("Index");
        }
    }
}
