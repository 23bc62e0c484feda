using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Enforcement;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>The set-up that a sign-in waits for. Nothing else is open to the user until it is done.</summary>
[AllowAnonymous]
public sealed class SetUpModel(
    WebSetup setup, WebSignIn signIn, UserDirectory users, EnforcementNotice notices, IOptions<TwoFactorOptions> options) : AuthenticatorPage(options)
{
    private string _doneUrl = "/account/sign-in";

    public override string CancelUrl => "/account/sign-in";

    public override string DoneUrl => _doneUrl;

    public override string? AccountEmail => Pending?.AccountName;

    public PendingSignIn? Pending { get; private set; }

    public string RequiredBy { get; private set; } = "";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Pending = signIn.ReadPending(HttpContext);
        if (Pending is not { NeedsSetup: true })
        {
            context.Result = StartOver();
            return;
        }

        RequiredBy = await notices.NamesOfAsync(Pending.RequiredBy, HttpContext.RequestAborted);
        await next();
    }

    public PageResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        Show(await setup.BeginRequiredAsync(HttpContext, cancellationToken), StartOver);

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        var result = await setup.ConfirmRequiredAsync(HttpContext, Ticket, Code, cancellationToken);
        if (result is ConfirmSetupResult.NoSignIn) return StartOver();
        if (result is ConfirmSetupResult.Confirmed confirmed)
        {
            // With an authenticator the activation is complete, whether or not this attempt still stands.
            await users.MarkActivatedAsync(Pending!.UserId, CancellationToken.None);
            if (confirmed.Session is not null) _doneUrl = confirmed.ReturnUrl;
        }

        return Show(result);
    }

    private RedirectToPageResult StartOver() => RedirectToPage("SignIn", new { notice = SignInNotice.Expired });
}
