using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>The second factor.</summary>
[AllowAnonymous]
public sealed class ChallengeModel(SignInService signIn, IOptions<TwoFactorOptions> options) : PageModel
{
    public const string BackupCode = "backup-code";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    public MfaFactorType Factor => With == BackupCode ? MfaFactorType.BackupCode : MfaFactorType.Totp;

    /// <summary>Null once the account is locked.</summary>
    public PendingSignIn? Pending { get; private set; }

    /// <summary>True when the field's error says how many attempts are left.</summary>
    public bool AttemptsTold { get; private set; }

    public Notice? ClockHint { get; private set; }

    public AccountLock? Lock { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Pending = await ReadAsync();
        return Pending is null ? RedirectToPage("SignIn", new { notice = SignInNotice.Expired }) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Pending = await ReadAsync();
        if (Pending is null) return RedirectToPage("SignIn", new { notice = SignInNotice.Expired });
        switch (await signIn.VerifyAsync(Pending.Challenge, Factor, Code ?? "", cancellationToken: cancellationToken))
        {
            case VerifySignInResult.SignedIn signedIn:
                var session = UserSession.Of(Pending.Name, Pending.Email, signedIn.Proof) with { Method = Pending.Method, Client = Pending.Client };
                await SessionCookie.WriteAsync(HttpContext, session);
                return LocalRedirect(Url.OrHome(Pending.ReturnUrl));
            case VerifySignInResult.Refused refused:
                return await RefuseAsync(Pending, refused.Refusal);
            default:
                return await EndAsync(SignInNotice.Expired);
        }
    }

    public async Task<IActionResult> OnPostStartOverAsync()
    {
        await PendingSignInCookie.ClearAsync(HttpContext);
        return RedirectToPage("SignIn");
    }

    // A sign-in that waits for a set-up has no code to ask for.
    private async Task<PendingSignIn?> ReadAsync() => await PendingSignInCookie.ReadAsync(HttpContext) is { SetupRequiredBy: null } pending ? pending : null;

    private async Task<IActionResult> RefuseAsync(PendingSignIn pending, CodeRefusal refusal)
    {
        switch (refusal)
        {
            case CodeRefusal.StartOver:
                return await EndAsync(SignInNotice.StartOver);
            case CodeRefusal.LockedOut locked:
                await PendingSignInCookie.ClearAsync(HttpContext);
                (Pending, Lock) = (null, locked.Lock);
                return Page();
            case CodeRefusal.Wrong wrong:
                (Pending, AttemptsTold) = (pending with { AttemptsLeft = wrong.AttemptsLeft }, true);
                await PendingSignInCookie.WriteAsync(HttpContext, Pending);
                break;
        }

        ClockHint = RefusalText.ClockHint(refusal);
        ModelState.AddModelError(nameof(Code), RefusalText.Of(refusal, Factor, options.Value.Totp.Digits));
        return Page();
    }

    private async Task<IActionResult> EndAsync(SignInNotice notice)
    {
        await PendingSignInCookie.ClearAsync(HttpContext);
        return RedirectToPage("SignIn", new { notice });
    }
}
