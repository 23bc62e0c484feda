using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Setup;
using TwoFactor.Sample.Web.Services.SignIns;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>The set-up that a sign-in waits for. Nothing else is open to the user until it is done.</summary>
[AllowAnonymous]
public sealed class SetUpModel(
    EnrollmentService enrollment, OfferTicket tickets, IOptions<TwoFactorOptions> options, SetupCompletion completion)
    : AuthenticatorPage(enrollment, tickets, options)
{
    public override string CancelUrl => "/account/sign-in";

    public override string DoneUrl => _isSignedIn ? Url.OrHome(Pending?.ReturnUrl) : "/account/sign-in";

    public PendingSignIn? Pending { get; private set; }

    private bool _isSignedIn;

    public override async Task OnPageHandlerExecutionAsync(
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        Pending = await PendingSignInCookie.ReadAsync(HttpContext);
        if (Pending is { SetupRequiredBy: not null }) await next();
        else context.Result = RedirectToPage("SignIn", new { notice = SignInNotice.Expired });
    }

    public PageResult OnGet() => Page();

    // An authenticator that was set up meanwhile is asked for at the sign-in that starts over.
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => BeginAsync(
        Pending!.UserId, Pending.Email, null, () => RedirectToPage("SignIn", new { notice = SignInNotice.Expired }), cancellationToken);

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        if (await ConfirmAsync(Pending!.UserId, cancellationToken) is { } proof)
            _isSignedIn = await completion.CompleteAsync(HttpContext, Pending, proof, cancellationToken);
        return Page();
    }
}
