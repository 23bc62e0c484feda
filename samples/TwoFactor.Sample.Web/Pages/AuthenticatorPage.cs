using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Setup;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Setting up an authenticator: begin, scan, confirm, codes. In a session, or confined to it during a sign-in.</summary>
public abstract class AuthenticatorPage(EnrollmentService enrollment, OfferTicket tickets, IOptions<TwoFactorOptions> options) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Ticket { get; set; }

    public TotpOptions Totp => options.Value.Totp;

    public bool Replaces { get; protected set; }

    /// <summary>Where the link that ends the set-up leads.</summary>
    public abstract string CancelUrl { get; }

    /// <summary>Where one goes on when the codes are saved.</summary>
    public abstract string DoneUrl { get; }

    /// <summary>What to scan; null before it was begun.</summary>
    public EnrollmentOffer? Offer { get; private set; }

    /// <summary>The new codes; null until the authenticator is confirmed.</summary>
    public ImmutableArray<string>? Codes { get; private set; }

    public Notice? Notice { get; protected set; }

    public AccountLock? Lock { get; private set; }

    /// <summary>Answers with this page, or with another one when a fresh proof is asked for.</summary>
    protected async Task<IActionResult> BeginAsync(
        UserId user, string email, Proof? proof, Func<IActionResult> askForProof, CancellationToken cancellationToken)
    {
        switch (await enrollment.BeginAsync(user, email, proof, cancellationToken))
        {
            case BeginEnrollmentResult.Started started:
                Show(user, started.Offer);
                break;
            case BeginEnrollmentResult.ProofRequired:
                return askForProof();
            case BeginEnrollmentResult.LockedOut locked:
                Lock = locked.Lock;
                break;
            case BeginEnrollmentResult.InvalidAccountName:
                Notice = new(NoticeKind.Error, "Authenticator apps cannot show your e-mail address");
                break;
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        return Page();
    }

    /// <summary>The proof of the new authenticator; null when it was not confirmed, which the page then explains.</summary>
    protected async Task<Proof?> ConfirmAsync(UserId user, CancellationToken cancellationToken)
    {
        if (tickets.Read(user, Ticket) is not { } offer)
        {
            TellThatItEnded();
            return null;
        }

        switch (await enrollment.ConfirmAsync(user, offer.EnrollmentId, Code ?? "", cancellationToken))
        {
            case ConfirmEnrollmentResult.Confirmed confirmed:
                Codes = confirmed.BackupCodes;
                return confirmed.Proof;
            case ConfirmEnrollmentResult.Refused { Refusal: CodeRefusal.LockedOut locked }:
                Lock = locked.Lock;
                break;
            case ConfirmEnrollmentResult.Refused refused:
                Show(user, offer);
                Notice = RefusalText.ClockHint(refused.Refusal);
                ModelState.AddModelError(nameof(Code), RefusalText.Of(refused.Refusal, MfaFactorType.Totp, Totp.Digits));
                break;
            default:
                TellThatItEnded();
                break;
        }

        return null;
    }

    private void Show(UserId user, EnrollmentOffer offer)
    {
        Offer = offer;
        Ticket = tickets.Write(user, offer);
        // What was posted must not win over what the page is to carry now.
        ModelState.Remove(nameof(Ticket));
    }

    private void TellThatItEnded() =>
        Notice = new(NoticeKind.Info, "That set-up has ended", "It took too long, or was begun again elsewhere. Start once more.");
}
