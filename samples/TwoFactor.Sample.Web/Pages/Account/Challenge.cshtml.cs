using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>The second factor.</summary>
[AllowAnonymous]
public sealed class ChallengeModel(WebSignIn signIn, IOptions<TwoFactorOptions> options) : PageModel
{
    public const string BackupCode = "backup-code";

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The checkbox "trust this browser".</summary>
    [BindProperty]
    public bool TrustBrowser { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    public MfaFactorType Factor => With == BackupCode ? MfaFactorType.BackupCode : MfaFactorType.Totp;

    /// <summary>Null once the account is locked.</summary>
    public PendingSignIn? Pending { get; private set; }

    /// <summary>True when the field's error says how many attempts are left.</summary>
    public bool AttemptsTold { get; private set; }

    public Notice? ClockHint { get; private set; }

    public AccountLock? Lock { get; private set; }

    public IActionResult OnGet()
    {
        // A sign-in that waits for a set-up has no code to ask for.
        Pending = signIn.ReadPending(HttpContext) is { NeedsSetup: false } pending ? pending : null;
        return Pending is null ? StartOver(SignInNotice.Expired) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await signIn.VerifyAsync(HttpContext, Factor, Code, TrustBrowser, cancellationToken))
        {
            case WebVerifyResult.SignedIn signedIn:
                return LocalRedirect(signedIn.ReturnUrl);
            case WebVerifyResult.Refused refused:
                Pending = refused.Pending;
                AttemptsTold = refused.Refusal is CodeRefusal.Wrong;
                ClockHint = RefusalText.ClockHint(refused.Refusal);
                ModelState.AddModelError(nameof(Code), RefusalText.Of(refused.Refusal, Factor, options.Value.Totp.Digits));
                return Page();
            case WebVerifyResult.LockedOut locked:
                Lock = locked.Lock;
                return Page();
            case WebVerifyResult.StartOver:
                return StartOver(SignInNotice.StartOver);
            default:
                return StartOver(SignInNotice.Expired);
        }
    }

    public IActionResult OnPostStartOver()
    {
        signIn.Cancel(HttpContext);
        return RedirectToPage("SignIn");
    }

    private RedirectToPageResult StartOver(SignInNotice notice) => RedirectToPage("SignIn", new { notice });
}
