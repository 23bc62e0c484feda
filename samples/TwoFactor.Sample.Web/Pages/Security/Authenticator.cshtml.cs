using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Sets up the first authenticator, in a session. Pages that ask for one lead here, and the user goes back to them.</summary>
public sealed class AuthenticatorModel(WebSetup setup, WebSignIn signIn, AccountStatusService accounts, IOptions<TwoFactorOptions> options)
    : AuthenticatorPage(options)
{
    public override string CancelUrl => "/security";

    public override string DoneUrl => ReturnUrls.IsLocal(ReturnUrl) ? ReturnUrl : "/security";

    public override string? AccountEmail => null;

    public bool IsForAdministration => DoneUrl.StartsWith("/admin/", StringComparison.Ordinal);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await signIn.GetSessionAsync(HttpContext) is not { } session) return Challenge();
        return (await accounts.GetAsync(session.UserId, cancellationToken)).IsEnrolled ? Replace() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        Show(await setup.BeginAsync(HttpContext, cancellationToken: cancellationToken), Replace);

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken) =>
        Show(await setup.ConfirmAsync(HttpContext, Ticket, Code, ReturnUrl, cancellationToken));

    // There is one already, perhaps from another browser just now: to replace it takes a code.
    private RedirectToPageResult Replace() => RedirectToPage("Replace");
}
