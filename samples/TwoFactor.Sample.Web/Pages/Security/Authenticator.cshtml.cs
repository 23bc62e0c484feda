using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Setup;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Status;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Sets up an authenticator, the first one or one that replaces another: begin, scan, confirm, codes.</summary>
public sealed class AuthenticatorModel(
    EnrollmentService enrollment, AccountStatusService accounts, OfferTicket tickets, IOptions<TwoFactorOptions> options, TimeProvider time) : SessionPageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Ticket { get; set; }

    public TotpOptions Totp => options.Value.Totp;

    public bool Replaces { get; private set; }

    /// <summary>What to scan; null before it was begun.</summary>
    public EnrollmentOffer? Offer { get; private set; }

    /// <summary>The new codes; null until the authenticator is confirmed.</summary>
    public ImmutableArray<string>? Codes { get; private set; }

    public Notice? Notice { get; private set; }

    public AccountLock? Lock { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Replaces && !HasFreshProof(time.GetUtcNow(), options.Value) ? AskForProof() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        switch (await enrollment.BeginAsync(Me.UserId, Me.Email, Me.Proof, cancellationToken))
        {
            case BeginEnrollmentResult.Started started:
                Show(started.Offer);
                break;
            case BeginEnrollmentResult.ProofRequired:
                return AskForProof();
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

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (tickets.Read(Me.UserId, Ticket) is not { } offer) return Again();
        switch (await enrollment.ConfirmAsync(Me.UserId, offer.EnrollmentId, Code ?? "", cancellationToken))
        {
            case ConfirmEnrollmentResult.Confirmed confirmed:
                // When it replaces another the epoch moves on: this session goes along, all others end.
                await SessionCookie.WriteAsync(HttpContext, Me.With(confirmed.Proof));
                Codes = confirmed.BackupCodes;
                break;
            case ConfirmEnrollmentResult.Refused { Refusal: CodeRefusal.LockedOut locked }:
                Lock = locked.Lock;
                break;
            case ConfirmEnrollmentResult.Refused refused:
                Show(offer);
                Notice = RefusalText.ClockHint(refused.Refusal);
                ModelState.AddModelError(nameof(Code), RefusalText.Of(refused.Refusal, MfaFactorType.Totp, Totp.Digits));
                break;
            default:
                return Again();
        }

        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Replaces = (await accounts.GetAsync(Me.UserId, cancellationToken)).IsEnrolled;

    private void Show(EnrollmentOffer offer)
    {
        Offer = offer;
        Ticket = tickets.Write(Me.UserId, offer);
        // What was posted must not win over what the page is to carry now.
        ModelState.Remove(nameof(Ticket));
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Again()
    {
        Notice = new(NoticeKind.Info, "That set-up has ended", "It took too long, or was begun again elsewhere. Start once more.");
        return Page();
    }
}
