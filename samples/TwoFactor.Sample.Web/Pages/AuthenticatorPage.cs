using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Setting up an authenticator: begin, scan, confirm, codes. In a session, or confined to it during a sign-in.</summary>
public abstract class AuthenticatorPage(IOptions<TwoFactorOptions> options) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Ticket { get; set; }

    /// <summary>Where the user wanted to go when a page asked for an authenticator first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public TotpOptions Totp => options.Value.Totp;

    /// <summary>True when it takes the place of another authenticator.</summary>
    public virtual bool Replaces => false;

    /// <summary>Where the link that ends the set-up leads.</summary>
    public abstract string CancelUrl { get; }

    /// <summary>Where one goes on when the codes are saved.</summary>
    public abstract string DoneUrl { get; }

    /// <summary>For whom it is; null when nobody need be told.</summary>
    public abstract string? AccountEmail { get; }

    /// <summary>What to scan; null before it was begun.</summary>
    public SetupOffer? Offer { get; private set; }

    /// <summary>The new codes; null until the authenticator is confirmed.</summary>
    public ImmutableArray<string>? Codes { get; private set; }

    public Notice? Notice { get; private set; }

    public AccountLock? Lock { get; private set; }

    /// <summary>Answers with this page, or with another one where it cannot begin here.</summary>
    protected IActionResult Show(BeginSetupResult result, Func<IActionResult> elsewhere)
    {
        switch (result)
        {
            case BeginSetupResult.Started started:
                Show(started.Offer);
                break;
            case BeginSetupResult.ProofRequired or BeginSetupResult.NoSignIn:
                return elsewhere();
            case BeginSetupResult.LockedOut locked:
                Lock = locked.Lock;
                break;
            case BeginSetupResult.InvalidAccountName:
                Notice = new(NoticeKind.Error, "Authenticator apps cannot show your e-mail address");
                break;
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        return Page();
    }

    /// <summary>Answers with the codes, or says why there are none.</summary>
    protected PageResult Show(ConfirmSetupResult result)
    {
        switch (result)
        {
            case ConfirmSetupResult.Confirmed confirmed:
                Codes = confirmed.BackupCodes;
                break;
            case ConfirmSetupResult.LockedOut locked:
                Lock = locked.Lock;
                break;
            case ConfirmSetupResult.Refused refused:
                Show(refused.Offer);
                Notice = RefusalText.ClockHint(refused.Refusal);
                ModelState.AddModelError(nameof(Code), RefusalText.Of(refused.Refusal, MfaFactorType.Totp, Totp.Digits));
                break;
            default:
                Notice = new(NoticeKind.Info, "That set-up has ended", "It took too long, or was begun again elsewhere. Start once more.");
                break;
        }

        return Page();
    }

    private void Show(SetupOffer offer)
    {
        (Offer, Ticket) = (offer, offer.Ticket);
        // What was posted must not win over what the page is to carry now.
        ModelState.Remove(nameof(Ticket));
    }
}
