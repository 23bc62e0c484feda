using Microsoft.AspNetCore.Mvc;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Services.Enforcement;

namespace TwoFactor.Sample.Web.Pages.Account;

/// <summary>After a sign-in during grace: set up now, or later.</summary>
public sealed class ReminderModel(EnforcementNotice notices, TimeProvider time) : SessionPageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string GoOn => ReturnUrls.OrHome(ReturnUrl);

    public SetupDeadline? Due { get; private set; }

    public TimeSpan Left => Due!.Deadline - time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Due = await notices.OfAsync(Me.Session, cancellationToken);
        return Due is { IsOver: false } ? Page() : LocalRedirect(GoOn);
    }
}
