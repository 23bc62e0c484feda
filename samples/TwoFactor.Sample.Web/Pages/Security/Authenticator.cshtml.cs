using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Setup;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Sets up an authenticator in a session, the first one or one that replaces another.</summary>
public sealed class AuthenticatorModel(
    EnrollmentService enrollment, AccountStatusService accounts, OfferTicket tickets, IOptions<TwoFactorOptions> options, TimeProvider time)
    : AuthenticatorPage(enrollment, tickets, options)
{
    private readonly TwoFactorOptions _options = options.Value;

    public override string CancelUrl => "/security";

    public override string DoneUrl => "/security";

    private UserSession Me => UserSession.Read(User) ?? throw new InvalidOperationException("This page was reached without a session.");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Replaces && Me.Proof?.IsFresh(time.GetUtcNow(), _options.Enrollment.ProofMaxAge) is not true ? AskForProof() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return await BeginAsync(Me.UserId, Me.Email, Me.Proof, AskForProof, cancellationToken);
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        // When it replaces another the epoch moves on: this session goes along, all others end.
        if (await ConfirmAsync(Me.UserId, cancellationToken) is { } proof) await SessionCookie.WriteAsync(HttpContext, Me.With(proof));
        return Page();
    }

    private RedirectToPageResult AskForProof() => RedirectToPage("/Security/Verify", new { returnUrl = Request.Path.Value });

    private async Task LoadAsync(CancellationToken cancellationToken) => Replaces = (await accounts.GetAsync(Me.UserId, cancellationToken)).IsEnrolled;
}
