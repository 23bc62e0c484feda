using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Pages.Account;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>A fresh proof inside a session, before something that changes the second factor or a user.</summary>
public sealed class VerifyModel(WebSignIn signIn, IOptions<TwoFactorOptions> options) : SessionPageModel
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
        switch (await signIn.StepUpAsync(HttpContext, Factor, Code, ReturnUrl, cancellationToken))
        {
            case WebStepUpResult.Proved proved:
                return LocalRedirect(proved.ReturnUrl);
            case WebStepUpResult.Refused { Refusal: CodeRefusal.LockedOut locked }:
                Lock = locked.Lock;
                return Page();
            case WebStepUpResult.Refused refused:
                ClockHint = RefusalText.ClockHint(refused.Refusal);
                ModelState.AddModelError(nameof(Code), RefusalText.Of(refused.Refusal, Factor, options.Value.Totp.Digits));
                return Page();
            case WebStepUpResult.SessionEnded:
                return RedirectToPage("/Account/SignIn", new { notice = SignInNotice.SessionEnded, ReturnUrl });
            default:
                return RedirectToPage("Authenticator", new { ReturnUrl });
        }
    }
}
